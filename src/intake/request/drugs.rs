//! Drug names: generics, brands, classes; and how an unknown name is told for a drug.

use super::phrases::{Found, Phrases};
use crate::model::request::DrugClass;
use std::sync::LazyLock;

/// A drug named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Generic name.
    pub generic: &'static str,
    /// Its class.
    pub class: DrugClass,
}

use DrugClass::*;

/// Generic names, each with its brands and other names.
#[rustfmt::skip]
static TABLE: &[(DrugClass, &[(&str, &str)])] = &[
    (Opioid, &[
        ("hydrocodone/acetaminophen", "norco|vicodin|vicodin es|vicodin hp|lortab|lorcet|hydrocodone apap\
            |hydrocodone acetaminophen|hydrocodone bit acetaminophen|hydrocodone bitartrate acetaminophen\
            |xodol|hycet|hydroco apap|hydrocodone acet|hydrocodone bitartrate apap|hydrocodone w apap"),
        ("hydrocodone", "hydocodone|hydrocodon|hydrocodone bitartrate|hysingla|hysingla er|zohydro|zohydro er"),
        ("hydrocodone/ibuprofen", "vicoprofen|hydrocodone ibuprofen|ibudone|reprexain"),
        ("oxycodone", "roxicodone|oxycontin|oxy ir|oxyir|oxycodone hcl|oxycodone ir|oxaydo|xtampza|xtampza er\
            |roxybond"),
        ("oxycodone/acetaminophen", "percocet|endocet|oxycodone apap|oxycodone acetaminophen|roxicet|xartemis\
            |xartemis xr|primlev|oxycodone hcl acetaminophen"),
        ("oxycodone/aspirin", "percodan"),
        ("tramadol", "tramadal|tramodol|ultram|ultram er|tramadol hcl|tramadol hydrochloride|conzip|ryzolt"),
        ("tramadol/acetaminophen", "ultracet|tramadol apap|tramadol acetaminophen"),
        ("tapentadol", "nucynta|nucynta er"),
        ("morphine", "ms contin|morphine sulfate|kadian|avinza|msir|arymo|morphabond|morphine sulphate"),
        ("morphine/naltrexone", "embeda"),
        ("hydromorphone", "dilaudid|exalgo|hydromorphone hcl"),
        ("oxymorphone", "opana|opana er"),
        ("fentanyl", "duragesic|fentanyl patch|actiq|fentora|subsys|abstral|lazanda|fentanyl transdermal"),
        ("methadone", "dolophine|methadose|methadone hcl"),
        ("buprenorphine", "butrans|belbuca|subutex|buprenorphine hcl|butrans patch"),
        ("buprenorphine/naloxone", "suboxone|zubsolv|bunavail|buprenorphine naloxone"),
        ("acetaminophen/codeine", "tylenol 3|tylenol 4|tylenol no 3|tylenol with codeine|acetaminophen codeine\
            |apap codeine|tylenol codeine|acetaminophen with codeine|tylenol number 3|tylenol no 4\
            |codeine apap|codeine acetaminophen"),
        ("codeine", "codeine sulfate"),
        ("levorphanol", ""),
        ("meperidine", "demerol"),
        ("pentazocine", "talwin"),
        ("butorphanol", "stadol"),
        ("nalbuphine", "nubain"),
    ]),
    (Nsaid, &[
        ("ibuprofen", "motrin|advil"),
        ("naproxen", "naprosen|naproxin|naproxen ec|naprosyn|anaprox|anaprox ds|naproxen sodium|aleve|naprelan\
            |ec naprosyn|naproxyn"),
        ("diclofenac", "voltaren|voltaren xr|diclofenac sodium|diclofenac potassium|cataflam|zipsor|zorvolex\
            |cambia|diclofenac er|diclofenac xr"),
        ("diclofenac/misoprostol", "arthrotec|diclofenac misoprostol"),
        ("meloxicam", "meloxicam oral|meloxican|mobic|vivlodex"),
        ("celecoxib", "celebrex"),
        ("nabumetone", "relafen|relafen ds"),
        ("etodolac", "lodine|etodolac er"),
        ("ketorolac", "toradol|sprix|ketorolac tromethamine"),
        ("indomethacin", "indocin|tivorbex"),
        ("ketoprofen", "orudis|oruvail"),
        ("oxaprozin", "daypro|coxanto"),
        ("piroxicam", "feldene"),
        ("sulindac", "clinoril"),
        ("fenoprofen", "nalfon|fenortho|fenoprofen calcium|prosteon"),
        ("diflunisal", "dolobid"),
        ("flurbiprofen", "flubiprofen|flurbiprofin|ansaid"),
        ("mefenamic acid", "ponstel"),
        ("tolmetin", "tolectin"),
        ("salsalate", "disalcid"),
        ("ibuprofen/famotidine", "duexis|ibuprofen famotidine"),
        ("naproxen/esomeprazole", "vimovo|naproxen esomeprazole"),
        ("meclofenamate", ""),
        ("choline magnesium trisalicylate", "trilisate"),
        ("bromfenac", ""),
        ("nepafenac", ""),
    ]),
    (Relaxant, &[
        ("cyclobenzaprine", "cyclobenzaprin|cyclobenzeprine|cylcobenzaprine|flexaril|flexeril|fexmid|amrix\
            |cyclobenzaprine hcl|cyclobenzaprine hydrochloride"),
        ("carisoprodol", "carisprodol|carisoprodal|soma|vanadom"),
        ("tizanidine", "tizanadine|zanaflex|tizanidine hcl"),
        ("methocarbamol", "methacarbamol|robaxin|robaxin 750"),
        ("baclofen", "lioresal|gablofen|ozobax"),
        ("metaxalone", "skelaxin|metaxall"),
        ("orphenadrine", "norflex|orphenadrine citrate|orphenadrine er"),
        ("chlorzoxazone", "lorzone|parafon forte|parafon forte dsc|parafon"),
        ("dantrolene", "dantrium"),
        ("orphenadrine/aspirin/caffeine", "norgesic|norgesic forte|orphengesic"),
        ("carisoprodol/aspirin", "soma compound"),
    ]),
    (Topical, &[
        ("lidocaine patch", "lidoderm|lidoderm patch|ztlido|lidocaine pad|lidocaine 5% patch|lidocaine topical\
            |lidocaine ointment|lidocaine cream|lidocaine gel|lenza patch|lenzapatch"),
        ("lidocaine/capsaicin/menthol/methyl salicylate", "lidopro|lidopro patch|terocin|terocin patch\
            |terocin lotion|new terocin"),
        ("topical counterirritant", "salonpas|bengay|medrox|medrox patch|dendracin|methoderm|mentherm\
            |menthoderm|menthoderm gel|biofreeze|icy hot|exoten|exoten c|thera gesic|ultracin|bio therm\
            |lidothol|xoten c|salicylate menthol|menthol methyl salicylate|tiger balm|aspercreme|ben gay\
            |biotherm"),
        ("diclofenac gel", "voltaren gel|flector|flector patch|pennsaid|diclofenac epolamine|solaraze\
            |diclofenac topical|diclofenac sodium gel|diclofenac patch|rexaphenac|diclofenac cream"),
        ("capsaicin", "capsacin|capsaisin|qutenza|zostrix|capsaicin cream|capzasin"),
        ("ketoprofen cream", "ketoprofen gel"),
        ("lidocaine/prilocaine", "emla|lidocaine prilocaine"),
        ("camphor", "camphor menthol"),
        ("menthol", ""),
        ("methyl salicylate", "salicylate|trolamine salicylate"),
        ("topical compound", "compound cream|compounded cream|topical cream|topical compound cream\
            |compound medication|compounded topical cream|topical analgesic|compound topical\
            |topical analgesic cream|compounded medication|compound topical cream|compounded topical\
            |transdermal cream|topical medication|pain cream|topical ointment|analgesic cream|topical gel\
            |compounding cream|fcl cream|fbd cream|gabacyclotram|fluriflex|tgice|tghot|tg hot"),
        ("dextromethorphan", ""),
        ("lidocaine", "lidocaine hcl|xylocaine"),
        ("bupivacaine", "marcaine"),
        ("hyaluronic acid topical", ""),
        ("benzocaine", ""),
        ("tetracaine", ""),
        ("prilocaine", ""),
    ]),
    (Antiepileptic, &[
        ("gabapentin", "gabapentine|gabapetin|gabapenitn|neurontin|gralise|horizant|fanatrex\
            |gabapentin enacarbil"),
        ("pregabalin", "lyrica|lyrica cr"),
        ("topiramate", "topamax|trokendi|qudexy|topiramate er"),
        ("lamotrigine", "lamictal"),
        ("levetiracetam", "keppra|keppra xr"),
        ("carbamazepine", "tegretol|carbatrol"),
        ("oxcarbazepine", "trileptal|oxtellar"),
        ("divalproex", "depakote|depakote er|divalproex sodium"),
        ("valproic acid", "valproate"),
        ("zonisamide", "zonegran"),
        ("phenytoin", "dilantin"),
        ("lacosamide", "vimpat"),
        ("tiagabine", "gabitril"),
        ("phenobarbital", ""),
        ("primidone", "mysoline"),
    ]),
    (Antidepressant, &[
        ("duloxetine", "cymbalta|irenka|duloxetine hcl"),
        ("venlafaxine", "effexor|effexor xr|venlafaxine er|venlafaxine hcl|venlafaxine xr"),
        ("desvenlafaxine", "pristiq"),
        ("milnacipran", "savella"),
        ("amitriptyline", "elavil|amitriptyline hcl"),
        ("nortriptyline", "pamelor|nortriptyline hcl"),
        ("doxepin", "silenor|sinequan"),
        ("imipramine", "tofranil"),
        ("desipramine", "norpramin"),
        ("trazodone", "desyrel|oleptro|trazodone hcl"),
        ("mirtazapine", "remeron"),
        ("bupropion", "wellbutrin|wellbutrin xl|wellbutrin sr|bupropion xl|bupropion sr|bupropion hcl|aplenzin"),
        ("sertraline", "zoloft|sertraline hcl"),
        ("fluoxetine", "prozac|fluoxetine hcl|sarafem"),
        ("paroxetine", "paxil|paxil cr|pexeva"),
        ("citalopram", "celexa"),
        ("escitalopram", "lexapro"),
        ("vilazodone", "viibryd"),
        ("vortioxetine", "brintellix|trintellix"),
        ("levomilnacipran", "fetzima"),
        ("nefazodone", "serzone"),
        ("clomipramine", "anafranil"),
        ("protriptyline", "vivactil"),
    ]),
    (Sedative, &[
        ("diazepam", "valium"),
        ("alprazolam", "xanax|xanax xr"),
        ("lorazepam", "ativan"),
        ("clonazepam", "klonopin"),
        ("temazepam", "restoril"),
        ("triazolam", "halcion"),
        ("estazolam", "prosom"),
        ("flurazepam", "dalmane"),
        ("chlordiazepoxide", "librium"),
        ("clorazepate", "tranxene"),
        ("oxazepam", "serax"),
        ("midazolam", "versed"),
        ("zolpidem", "ambien|ambien cr|zolpidem tartrate|intermezzo|edluar"),
        ("eszopiclone", "eszopicolone|eszoplicone|lunesta"),
        ("zaleplon", "sonata"),
        ("suvorexant", "belsomra"),
        ("lemborexant", "dayvigo"),
        ("ramelteon", "rozerem"),
        ("buspirone", "buspar|buspirone hcl"),
        ("hydroxyzine", "atarax|vistaril|hydroxyzine hcl|hydroxyzine pamoate"),
        ("melatonin", ""),
        ("daridorexant", "quviviq"),
        ("meprobamate", "miltown"),
    ]),
    (Stomach, &[
        ("omeprazole", "omeprozole|omeprazol|prilosec"),
        ("esomeprazole", "nexium"),
        ("pantoprazole", "pantaprazole|protonix|pantoprazole sodium"),
        ("lansoprazole", "prevacid"),
        ("rabeprazole", "aciphex"),
        ("dexlansoprazole", "dexilant"),
        ("ranitidine", "zantac"),
        ("famotidine", "pepcid"),
        ("cimetidine", "tagamet"),
        ("misoprostol", "cytotec"),
        ("sucralfate", "carafate"),
        ("nizatidine", "axid"),
        ("omeprazole/sodium bicarbonate", "zegerid"),
        ("docusate", "colace|docusate sodium|dok|docuprene"),
        ("senna", "senokot|sennoside"),
        ("docusate/senna", "senokot s|docusate senna|senna plus|senna s|sennosides docusate|senna docusate"),
        ("polyethylene glycol", "miralax|golytely"),
        ("lactulose", ""),
        ("lubiprostone", "amitiza"),
        ("naloxegol", "movantik"),
        ("methylnaltrexone", "relistor"),
        ("linaclotide", "linzess"),
        ("bisacodyl", "dulcolax"),
        ("metoclopramide", "reglan"),
        ("simethicone", "gas x"),
        ("alginic acid", "gaviscon"),
        ("dicyclomine", "bentyl"),
        ("psyllium", "metamucil"),
        ("probiotic", "probiotics|vsl 3"),
        ("naldemedine", "symproic"),
        ("loperamide", "imodium"),
        ("magnesium citrate", ""),
        ("magnesium hydroxide", "milk of magnesia"),
    ]),
    (Other, &[
        ("ondansetron", "odansetron|zofran|zofran odt|ondansetron odt|ondansetron hcl"),
        ("promethazine", "phenergan"),
        ("prochlorperazine", "compazine"),
        ("meclizine", "antivert"),
        ("trimethobenzamide", "tigan"),
        ("butalbital/acetaminophen/caffeine", "fioricet|esgic|butalbital apap caffeine\
            |butalbital acetaminophen caffeine|zebutal"),
        ("butalbital/aspirin/caffeine", "fiorinal|butalbital aspirin caffeine"),
        ("butalbital", ""),
        ("butalbital/acetaminophen", "phrenilin"),
        ("acetaminophen", "tylenol|apap|acetaminophen er|ofirmev|paracetamol"),
        ("aspirin", "ecotrin|asa|bayer"),
        ("sumatriptan", "imitrex|sumatriptan succinate|onzetra"),
        ("sumatriptan/naproxen", "treximet"),
        ("rizatriptan", "maxalt"),
        ("zolmitriptan", "zomig"),
        ("eletriptan", "relpax"),
        ("naratriptan", "amerge"),
        ("frovatriptan", "frova"),
        ("almotriptan", "axert"),
        ("erenumab", "aimovig"),
        ("fremanezumab", "ajovy"),
        ("galcanezumab", "emgality"),
        ("rimegepant", "nurtec"),
        ("ubrogepant", "ubrelvy"),
        ("dihydroergotamine", "dhe|migranal"),
        ("ergotamine/caffeine", "cafergot"),
        ("sildenafil", "viagra|revatio"),
        ("tadalafil", "cialis"),
        ("vardenafil", "levitra|staxyn"),
        ("avanafil", "stendra"),
        ("testosterone", "androgel|testim|axiron|depo testosterone|testosterone cypionate|androderm|fortesta\
            |testosterone enanthate|aveed"),
        ("alprostadil", "caverject|edex"),
        ("papaverine/phentolamine/alprostadil", "trimix"),
        ("naloxone", "narcan|evzio|narcan nasal spray"),
        ("naltrexone", "vivitrol|revia|low dose naltrexone"),
        ("clonidine", "catapres"),
        ("lofexidine", "lucemyra"),
        ("nicotine patch", "nicotine"),
        ("varenicline", "chantix"),
        ("disulfiram", ""),
        ("acamprosate", ""),
        ("quetiapine", "seroquel|seroquel xr|quetiapine fumarate"),
        ("aripiprazole", "abilify"),
        ("olanzapine", "zyprexa"),
        ("risperidone", "risperdal"),
        ("ziprasidone", "geodon"),
        ("lurasidone", "latuda"),
        ("brexpiprazole", "rexulti"),
        ("cariprazine", "vraylar"),
        ("haloperidol", "haldol"),
        ("lithium", "lithobid|lithium carbonate"),
        ("prazosin", "minipress"),
        ("modafinil", "provigil"),
        ("armodafinil", "nuvigil"),
        ("methylphenidate", "ritalin|concerta"),
        ("amphetamine", "adderall|adderall xr|dextroamphetamine"),
        ("lisdexamfetamine", "vyvanse"),
        ("atomoxetine", "strattera"),
        ("donepezil", "aricept"),
        ("memantine", "namenda"),
        ("benztropine", "cogentin"),
        ("prednisone", "deltasone"),
        ("methylprednisolone", "medrol|medrol dosepak|medrol dose pack|medrol dose pak|solu medrol|depo medrol"),
        ("dexamethasone", "decadron"),
        ("prednisolone", ""),
        ("triamcinolone", "kenalog|triamcinolone acetonide"),
        ("betamethasone", "celestone"),
        ("hydrocortisone", "cortef"),
        ("clobetasol", ""),
        ("fluocinonide", ""),
        ("amoxicillin", "amoxil"),
        ("amoxicillin/clavulanate", "augmentin|amoxicillin clavulanate"),
        ("cephalexin", "keflex"),
        ("cefazolin", "ancef"),
        ("ceftriaxone", "rocephin"),
        ("cefadroxil", "duricef"),
        ("cefuroxime", "ceftin"),
        ("cefdinir", "omnicef"),
        ("ciprofloxacin", "cipro"),
        ("levofloxacin", "levaquin"),
        ("clindamycin", "cleocin"),
        ("doxycycline", "vibramycin"),
        ("minocycline", ""),
        ("tetracycline", ""),
        ("azithromycin", "zithromax|z pak"),
        ("sulfamethoxazole/trimethoprim", "bactrim|bactrim ds|septra|septra ds"),
        ("metronidazole", "flagyl"),
        ("vancomycin", ""),
        ("linezolid", "zyvox"),
        ("mupirocin", "bactroban"),
        ("nitrofurantoin", "macrobid"),
        ("penicillin", "penicillin vk"),
        ("valacyclovir", "valtrex"),
        ("acyclovir", "zovirax"),
        ("fluconazole", "diflucan"),
        ("terbinafine", "lamisil"),
        ("rifampin", ""),
        ("rifaximin", "xifaxan"),
        ("erythromycin", ""),
        ("clarithromycin", "biaxin"),
        ("nystatin", ""),
        ("ketoconazole", ""),
        ("clotrimazole", ""),
        ("silver sulfadiazine", "silvadene"),
        ("neomycin", ""),
        ("neomycin/bacitracin/polymyxin", "neosporin"),
        ("bacitracin", ""),
        ("lisinopril", "zestril|prinivil"),
        ("losartan", "cozaar"),
        ("valsartan", "diovan"),
        ("amlodipine", "norvasc"),
        ("metoprolol", "lopressor|toprol|toprol xl"),
        ("atenolol", "tenormin"),
        ("carvedilol", "coreg"),
        ("propranolol", "inderal"),
        ("nebivolol", "bystolic"),
        ("hydrochlorothiazide", "hctz|microzide"),
        ("lisinopril/hydrochlorothiazide", "lisinopril hctz|zestoretic"),
        ("benazepril", "lotensin"),
        ("amlodipine/benazepril", "lotrel"),
        ("enalapril", "vasotec"),
        ("ramipril", "altace"),
        ("olmesartan", "benicar"),
        ("irbesartan", "avapro"),
        ("nifedipine", "procardia"),
        ("diltiazem", "cardizem"),
        ("verapamil", "calan"),
        ("furosemide", "lasix"),
        ("spironolactone", "aldactone"),
        ("hydralazine", ""),
        ("nitroglycerin", "nitrostat"),
        ("amiodarone", ""),
        ("digoxin", ""),
        ("atorvastatin", "lipitor"),
        ("simvastatin", "zocor"),
        ("rosuvastatin", "crestor"),
        ("pravastatin", "pravachol"),
        ("lovastatin", ""),
        ("ezetimibe", "zetia"),
        ("fenofibrate", "tricor"),
        ("gemfibrozil", ""),
        ("warfarin", "coumadin"),
        ("rivaroxaban", "xarelto"),
        ("apixaban", "eliquis"),
        ("dabigatran", "pradaxa"),
        ("enoxaparin", "lovenox"),
        ("heparin", ""),
        ("fondaparinux", "arixtra"),
        ("clopidogrel", "plavix"),
        ("pentoxifylline", ""),
        ("cilostazol", ""),
        ("metformin", "glucophage|metformin hcl"),
        ("glipizide", "glucotrol"),
        ("glyburide", ""),
        ("glimepiride", "amaryl"),
        ("sitagliptin", "januvia"),
        ("sitagliptin/metformin", "janumet"),
        ("insulin", "lantus|humalog|novolog|insulin glargine|levemir|humulin"),
        ("empagliflozin", "jardiance"),
        ("dapagliflozin", "farxiga"),
        ("canagliflozin", "invokana"),
        ("semaglutide", "ozempic|wegovy"),
        ("liraglutide", "victoza|saxenda"),
        ("dulaglutide", "trulicity"),
        ("tirzepatide", "mounjaro|zepbound"),
        ("phentermine", "adipex"),
        ("phentermine/topiramate", "qsymia"),
        ("naltrexone/bupropion", "contrave"),
        ("levothyroxine", "synthroid"),
        ("liothyronine", "cytomel"),
        ("allopurinol", "zyloprim"),
        ("febuxostat", "uloric"),
        ("colchicine", "colcrys|mitigare"),
        ("alendronate", "fosamax"),
        ("risedronate", "actonel"),
        ("ibandronate", "boniva"),
        ("teriparatide", "forteo"),
        ("calcitonin", "miacalcin"),
        ("denosumab", "prolia"),
        ("zoledronic acid", "reclast"),
        ("pamidronate", ""),
        ("methotrexate", ""),
        ("hydroxychloroquine", "plaquenil"),
        ("sulfasalazine", ""),
        ("leflunomide", ""),
        ("adalimumab", "humira"),
        ("etanercept", "enbrel"),
        ("infliximab", "remicade"),
        ("tofacitinib", "xeljanz"),
        ("albuterol", "proair|ventolin|proventil|albuterol sulfate"),
        ("fluticasone", "flonase|flovent"),
        ("fluticasone/salmeterol", "advair|advair diskus"),
        ("budesonide/formoterol", "symbicort"),
        ("budesonide", "pulmicort"),
        ("montelukast", "singulair"),
        ("tiotropium", "spiriva"),
        ("cetirizine", "zyrtec"),
        ("loratadine", "claritin"),
        ("fexofenadine", "allegra"),
        ("diphenhydramine", "benadryl"),
        ("mometasone", "nasonex"),
        ("ipratropium", "atrovent"),
        ("ipratropium/albuterol", "duoneb"),
        ("guaifenesin", "mucinex|robitussin"),
        ("pseudoephedrine", "sudafed"),
        ("benzonatate", "tessalon"),
        ("tamsulosin", "flomax"),
        ("finasteride", "proscar|propecia"),
        ("oxybutynin", "ditropan"),
        ("tolterodine", "detrol"),
        ("mirabegron", "myrbetriq"),
        ("solifenacin", "vesicare"),
        ("terazosin", ""),
        ("doxazosin", "cardura"),
        ("phenazopyridine", "pyridium"),
        ("ketamine", "ketalar"),
        ("esketamine", "spravato"),
        ("dronabinol", "marinol"),
        ("nabilone", "cesamet"),
        ("cannabidiol", "cbd|cbd oil"),
        ("cannabis", "medical marijuana|medical cannabis|marijuana"),
        ("ziconotide", "prialt"),
        ("pyridostigmine", "mestinon"),
        ("riluzole", ""),
        ("ropinirole", "requip"),
        ("pramipexole", "mirapex"),
        ("carbidopa/levodopa", "sinemet"),
        ("cyclosporine", "restasis"),
        ("latanoprost", "xalatan"),
        ("timolol", ""),
        ("brimonidine", ""),
        ("travoprost", "travatan"),
        ("artificial tears", "refresh|systane|lubricating eye drops"),
        ("prednisolone acetate", ""),
        ("ofloxacin", ""),
        ("tobramycin", ""),
        ("tobramycin/dexamethasone", "tobradex"),
        ("difluprednate", "durezol"),
        ("moxifloxacin", ""),
        ("vitamin d", "ergocalciferol|cholecalciferol|vitamin d3|vitamin d2|drisdol"),
        ("vitamin b12", "cyanocobalamin|b12|vitamin b 12|methylcobalamin"),
        ("vitamin c", "ascorbic acid"),
        ("folic acid", ""),
        ("l methylfolate", "deplin|metanx"),
        ("vitamin b", "vitamin b6|folbic"),
        ("multivitamin", ""),
        ("calcium", "calcium carbonate"),
        ("magnesium", "magnesium oxide"),
        ("iron", "ferrous sulfate"),
        ("potassium chloride", ""),
        ("zinc", ""),
        ("glucosamine", "glucosamine chondroitin|glucosamine sulfate|glucosamine chondroitin sulfate"),
        ("msm", ""),
        ("fish oil", "lovaza|omega 3|vascepa"),
        ("turmeric", "curcumin"),
        ("coq10", ""),
        ("alpha lipoic acid", "lipoic acid"),
        ("genicin", ""),
        ("somnicin", ""),
        ("laxacin", ""),
        ("ranitidine suspension", "deprizine"),
        ("diphenhydramine suspension", "dicopanol"),
        ("cyclobenzaprine suspension", "tabradol"),
        ("tramadol suspension", "synapryn"),
        ("medical food", "theramine|sentra pm|sentra am|gabadone|trepadone|sentra|percura|appbutamone|limbrel\
            |hypertensa|medical foods|flavocoxid|sentraflox|pulmona|theratramadol"),
        ("tranexamic acid", "aminocaproic acid|lysteda"),
        ("propofol", ""),
        ("epinephrine", "epipen"),
        ("pyridoxine", ""),
        ("caffeine", ""),
    ]),
];

static DRUGS: LazyLock<Phrases<Known>> = LazyLock::new(|| {
    let all = TABLE.iter().flat_map(|(class, drugs)| {
        drugs
            .iter()
            .map(|(generic, brands)| (*class, *generic, *brands))
    });
    Phrases::new(all.flat_map(|(class, generic, brands)| {
        let known = Known { generic, class };
        let own = (!generic.contains('/')).then_some((generic, known));
        own.into_iter()
            .chain((!brands.is_empty()).then_some((brands, known)))
    }))
});

/// Endings that only names of drugs have.
#[rustfmt::skip]
const STEMS: [&str; 38] = [
    "profen", "coxib", "oxicam", "fenac", "azepam", "azolam", "zolam", "codone", "morphone", "fentanil", "gabalin", "oxetine", "ipramine", "triptyline", "prazole",
    "tidine", "setron", "triptan", "caine", "cillin", "mycin", "oxacin", "azole", "cycline", "sartan", "dipine", "statin", "gliptin", "gliflozin", "glutide", "barbital",
    "benzaprine", "olol", "lukast", "terol", "sone", "afil", "orexant",
];

/// Drugs named, from the left: known ones, and words that end as only drugs do.
pub fn find(text: &str) -> Vec<Found<Option<Known>>> {
    let known = DRUGS.find(text);
    let mut found: Vec<Found<Option<Known>>> = known
        .into_iter()
        .map(|f| Found {
            means: Some(f.means),
            at: f.at,
        })
        .collect();
    let by_stem = super::asked::words(text).into_iter().filter(|word| {
        let letters = text.get(word.clone()).unwrap_or_default();
        STEMS
            .iter()
            .any(|stem| letters.len() > stem.len() + 1 && letters.ends_with(stem))
    });
    for word in by_stem {
        if !found
            .iter()
            .any(|f| f.at.start < word.end && word.start < f.at.end)
        {
            found.push(Found {
                means: None,
                at: word,
            });
        }
    }
    found.sort_by_key(|f| f.at.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_once_and_even() {
        let mut seen = std::collections::HashSet::new();
        let names = TABLE.iter().flat_map(|(_, drugs)| *drugs);
        let all = names.flat_map(|(generic, brands)| {
            let own = (!generic.contains('/')).then_some(*generic);
            brands.split('|').filter(|b| !b.is_empty()).chain(own)
        });
        let twice: Vec<&str> = all.filter(|name| !seen.insert(*name)).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(seen.len() > 900, "{}", seen.len());
    }

    #[test]
    fn unknown_names_are_told_by_their_stem() {
        let found = find("norco, newoprofen and zutriptan");
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].means.unwrap().generic, "hydrocodone/acetaminophen");
        assert!(found[1].means.is_none());
    }
}
