//! The one table of actions: the only source of keys, help, hints, palette, README key table and
//! `imr keys`. To add an action: a line here, a small function in `act/`, and a test.

use super::act::{
    bulk, case, criteria, dialogues, earlier, editing, fields, findings, inserting, items,
    looking_up, mending, moving, panes, program, sequence,
};
use super::act::{queue, reading, reckoned, records, standing, stats, taking};
use super::available as may;
use super::editor::EditorCommand;
use super::keymap::{Context, Keymap};
use super::list::Motion;
use super::lock;
use super::model::Model;
use super::open_case::Tab;

/// Does it apply now? If not, why not, in a few words.
pub type Check = fn(&Model) -> Result<(), &'static str>;

/// Under which heading help and README list an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Help, palette, leaving.
    Program,
    /// Lists and pages.
    Moving,
    /// The queue.
    Queue,
    /// A case as a whole.
    Case,
    /// Its findings.
    Findings,
    /// Its items.
    Items,
    /// Its records.
    Records,
    /// The letter.
    Determination,
    /// Writing a rationale.
    Editor,
    /// Looking guidelines up.
    Guidelines,
    /// Fields, palettes and dialogues.
    Typing,
}

impl Section {
    /// In the order of help.
    pub const ALL: [Self; 11] = [
        Self::Queue,
        Self::Case,
        Self::Items,
        Self::Findings,
        Self::Records,
        Self::Determination,
        Self::Guidelines,
        Self::Editor,
        Self::Moving,
        Self::Typing,
        Self::Program,
    ];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Program => "Program",
            Self::Moving => "Moving",
            Self::Queue => "Queue",
            Self::Case => "Case",
            Self::Findings => "Findings",
            Self::Items => "Items",
            Self::Records => "Records",
            Self::Determination => "Determination",
            Self::Editor => "Writing a rationale",
            Self::Guidelines => "Guidelines",
            Self::Typing => "Fields, lists of choices, dialogues",
        }
    }
}

/// One action.
pub struct ActionSpec {
    /// Which.
    pub id: Action,
    /// Its name in keymaps and the palette.
    pub name: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Where its keys have this meaning.
    pub contexts: &'static [Context],
    /// Its own keys; a blank parts the keys of a sequence.
    pub keys: &'static [&'static str],
    /// Under which heading it is listed.
    pub section: Section,
    /// Its word on the hint line.
    pub label: &'static str,
    /// The higher, the sooner it is on the hint line; 0 never.
    pub priority: u8,
    /// Does it apply now?
    pub available: Check,
    /// Does it.
    pub(super) run: fn(&mut Model),
}

impl ActionSpec {
    /// Its name as words, for a sentence: `Open case`.
    pub fn words(&self) -> String {
        let words = self.name.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters).collect()
    }

    /// Is it worth a line in the palette? Moving and typing are not.
    pub fn is_named(&self) -> bool {
        !matches!(
            self.section,
            Section::Moving | Section::Typing | Section::Editor
        )
    }
}

impl std::fmt::Debug for ActionSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! actions {
    ($($id:ident $name:literal $doc:literal
       [$($context:ident)*] [$($key:literal)*] $section:ident $label:literal $priority:literal
       $available:path, $run:expr;)*) => {
        /// Everything a key can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $(#[doc = $doc] $id,)* }

        /// The table.
        pub static ACTIONS: &[ActionSpec] = &[$(ActionSpec {
            id: Action::$id,
            name: $name,
            doc: $doc,
            contexts: &[$(Context::$context),*],
            keys: &[$($key),*],
            section: Section::$section,
            label: $label,
            priority: $priority,
            available: $available,
            run: $run,
        },)*];
    };
}

// name, what it does, [contexts] [keys] section, hint label and priority, when, how
actions! {
    OpenCase "open-case" "Open the selected case"
        [Queue] ["enter"] Queue "open" 90 may::row, queue::open;
    Filter "filter" "Show only cases with these words, or such as due:<3d pri:exp state:draft"
        [Queue] ["/"] Queue "filter" 80 may::always, queue::start_filter;
    ChooseView "choose-view" "Choose a view: open, overdue, signed ..., and your own"
        [Queue] ["v"] Queue "views" 70 may::always, queue::choose_view;
    ChooseSort "choose-sort" "Choose the column to sort by"
        [Queue] ["s"] Queue "sort" 60 may::always, queue::choose_sort;
    ReverseSort "reverse-sort" "Sort the other way round"
        [Queue] ["r"] Queue "" 0 may::always, queue::reverse_sort;
    ToggleMark "toggle-mark" "Mark the case or take its mark off, and go on to the next"
        [Queue] ["space"] Queue "mark" 50 may::row, bulk::toggle_mark;
    MarkAll "mark-all" "Mark every case that passes; again takes the marks off"
        [Queue] ["*"] Queue "" 0 may::rows, bulk::mark_all;
    ClearMarks "clear-marks" "Take every mark off"
        [Queue] ["M"] Queue "" 0 may::marks, bulk::clear_marks;
    Snooze "snooze" "Put the marked cases off until a day, else the selected one"
        [Queue] ["z"] Queue "snooze" 18 may::marked, bulk::snooze;
    Wake "wake" "Take snoozed cases up again: the marked ones, else the selected one"
        [Queue] ["Z"] Queue "" 0 may::marked, bulk::wake;
    UndoInQueue "undo-in-queue" "Take the last snooze or closing back"
        [Queue] ["u"] Queue "undo" 55 may::undo_in_queue, bulk::undo;
    ClearFilter "clear-filter" "Show every case of the view again; then take every mark off"
        [Queue] ["esc" "ctrl-c"] Queue "" 0 may::always, queue::clear_filter;
    Reload "reload" "Ask the store again"
        [Queue] ["f5"] Queue "" 0 may::always, queue::reload;
    KeepFilter "keep-filter" "Back to the list, filter kept"
        [Filter] ["enter"] Typing "keep" 50 may::always, queue::keep_filter;
    DropFilter "drop-filter" "Back to the list, filter as it was before"
        [Filter] ["esc" "ctrl-c"] Typing "as before" 40 may::always, queue::drop_filter;
    FilterDown "filter-down" "Next case while filtering"
        [Filter] ["down"] Typing "" 0 may::always, |m| queue::go(m, Motion::Lines(1));
    FilterUp "filter-up" "Case before while filtering"
        [Filter] ["up"] Typing "" 0 may::always, |m| queue::go(m, Motion::Lines(-1));

    Back "back" "Back to the queue; everything typed is kept"
        [Case] ["q" "esc" "ctrl-c"] Case "queue" 15 may::always, case::back;
    TabSummary "tab-summary" "Summary: patient, facts, clocks, the case in prose"
        [Case] ["1"] Case "" 0 may::always, |m| case::show(m, Tab::Summary);
    TabFindings "tab-findings" "Findings: dated facts"
        [Case] ["2"] Case "" 0 may::always, |m| case::show(m, Tab::Findings);
    TabItems "tab-items" "Items: decisions, citations, rationales"
        [Case] ["3"] Case "items" 55 may::off_items, |m| case::show(m, Tab::Items);
    TabRecords "tab-records" "Records: the documents"
        [Case] ["4"] Case "" 0 may::always, |m| case::show(m, Tab::Records);
    TabDetermination "tab-determination" "Determination: the letter as it will read"
        [Case] ["5"] Case "" 0 may::always, |m| case::show(m, Tab::Determination);
    TabHistory "tab-history" "History: every change"
        [Case] ["6"] Case "" 0 may::always, |m| case::show(m, Tab::History);
    NextTab "next-tab" "Next tab"
        [Case] ["tab"] Case "tabs" 30 may::always, |m| case::step_tab(m, 1);
    PreviousTab "previous-tab" "Tab before"
        [Case] ["shift-tab"] Case "" 0 may::always, |m| case::step_tab(m, -1);
    Undo "undo" "Take the last change on this tab back"
        [Case] ["u"] Case "undo" 40 may::undo, case::undo;
    Sign "sign" "Attest and sign the determination"
        [Case] ["S"] Case "sign" 25 may::open_case, dialogues::sign;
    Amend "amend" "Open a signed or closed case again"
        [Case] ["A"] Case "amend" 70 may::ended_case, dialogues::amend;
    DropAmendment "drop-amendment" "Give an amendment up: what was signed stands again"
        [Case] ["g A"] Case "" 0 may::amendment, dialogues::drop_amendment;
    CloseCase "close-case" "Close the case without a decision; in the queue, all marked ones"
        [Queue Summary Records Determination History] ["x"] Case "close" 20
        may::marked, bulk::close;
    RecordsComplete "records-complete"
        "Enter the days that clocks start on: records complete, notice, extension, service ..."
        [Summary] ["d"] Case "records complete" 22 may::clock, standing::dates;
    EnterParty "enter-party" "Enter or take out a party of the case: employer, insurer, provider ..."
        [Case] ["g y"] Case "" 0 may::open_case, standing::party;
    StateNoConflict "state-no-conflict" "State that you have no conflict with the parties of the case"
        [Case] ["g a"] Case "" 0 may::open_case, standing::attest;
    Recuse "recuse" "Return the case because it is not for you to decide, with the reason"
        [Case] ["g r"] Case "" 0 may::open_case, standing::recuse;

    Uphold "uphold" "Upheld = not medically necessary: UR's denial stands"
        [Items] ["U"] Items "upheld" 95 may::item, items::uphold;
    Overturn "overturn" "Overturned = medically necessary: UR's denial falls"
        [Items] ["O"] Items "overturned" 94 may::item, items::overturn;
    Cite "cite" "Cite a guideline on this item"
        [Items] ["c"] Items "cite" 90 may::item, looking_up::cite_on_item;
    EditRationale "edit-rationale" "Write the rationale"
        [Items] ["e" "enter"] Items "edit" 85 may::item, items::edit;
    EditOutside "edit-outside" "Write the rationale in $VISUAL or $EDITOR"
        [Items] ["E"] Items "own editor" 14 may::item, editing::hand_out;
    EarlierTexts "earlier-texts" "Earlier texts of the rationale, what changed since, and taking one back"
        [Items] ["g h"] Items "" 0 may::item, earlier::show;
    Follow "follow" "Let the items that go with this one follow its decision, each confirmed by itself"
        [Items] ["g d"] Items "what goes with it" 92 may::hanging, reckoned::follow;
    NoteFacts "note-facts" "Note what the request leaves open: formulary status, units a day, visits before"
        [Items] ["g f"] Items "" 0 may::notable, reckoned::ask;
    NextItem "next-item" "Next item; after the last one, the determination"
        [Items] ["n"] Items "next" 70 may::always, |m| items::step(m, 1);
    PreviousItem "previous-item" "Item before"
        [Items] ["P"] Items "" 0 may::other_items, |m| items::step(m, -1);
    RemoveCitation "remove-citation" "Remove the selected citation"
        [Items] ["x"] Items "remove citation" 35 may::citation, items::remove_citation;
    Criteria "criteria" "Mark the criteria of a guideline for the item"
        [Items] ["g c"] Items "criteria" 0 may::item, criteria::open;
    NoneApplicable "none-applicable" "State that no guideline applies"
        [Items] ["N"] Items "none applicable" 34 may::item, dialogues::none_applicable;

    JumpToSentence "jump-to-sentence" "Show where the summary says this"
        [Findings] ["enter"] Findings "where it says so" 80 may::sourced_finding, findings::jump;
    AddFinding "add-finding" "Add a finding"
        [Findings] ["a"] Findings "add" 75 may::open_case, dialogues::add_finding;
    EditFinding "edit-finding" "Rewrite the selected finding"
        [Findings] ["e"] Findings "edit" 74 may::finding, dialogues::edit_finding;
    Ledger "ledger" "What follows from the findings: treatment before, contradictions; and back"
        [Findings] ["l"] Findings "ledger" 28 may::always, findings::toggle_ledger;
    DropFinding "drop-finding" "Drop the selected finding"
        [Findings] ["x"] Findings "drop" 73 may::finding, findings::drop_selected;

    NextRecord "next-record" "Next record"
        [Records] ["n"] Records "next record" 80 may::records, |m| records::step(m, 1);
    PreviousRecord "previous-record" "Record before"
        [Records] ["p"] Records "" 0 may::records, |m| records::step(m, -1);
    NextPage "next-page" "Next page of the record"
        [Records] ["l" "right"] Records "next page" 75 may::records, |m| records::turn(m, 1);
    PreviousPage "previous-page" "Page before"
        [Records] ["h" "left"] Records "" 0 may::records, |m| records::turn(m, -1);
    TurnToPage "turn-to-page" "Turn to a page by its number"
        [Records] ["t"] Records "turn to page" 72 may::pages, dialogues::turn_to_page;
    RecordsReason "records-reason" "Say why no records are listed"
        [Records] ["r"] Records "reason why none" 70 may::no_records, dialogues::records_reason;

    JumpToBlocker "jump-to-blocker" "Go to what blocks the signature"
        [Determination] ["enter"] Determination "go there" 80 may::blockers, case::jump_to_blocker;
    NextBlocker "next-blocker" "Next of what blocks the signature"
        [Determination] ["n"] Determination "next" 60 may::blockers, |m| case::step_blocker(m, 1);
    PreviousBlocker "previous-blocker" "The one before"
        [Determination] ["p"] Determination "" 0 may::blockers, |m| case::step_blocker(m, -1);

    Guidelines "guidelines" "Look a guideline up; in a case, cite it on the current item"
        [Anywhere] ["ctrl-g"] Guidelines "guidelines" 45 may::no_picker, looking_up::open;
    Library "library" "Look a guideline up"
        [Browse] ["g l"] Guidelines "" 0 may::always, looking_up::open;
    Shelves "shelves" "Guidelines that you have brought in, their editions, ranks and licences"
        [Browse] ["g L"] Guidelines "" 0 may::always, reading::ask_guidelines;
    Precedents "precedents" "Earlier determinations on items like this one"
        [Items] ["p"] Guidelines "precedents" 60 may::shown_item, looking_up::precedents;
    CiteHit "cite-hit" "Cite what is selected, take a precedent's citation over, go to a finding or record"
        [Picker] ["enter"] Guidelines "cite" 90 may::hit, taking::take_selected;
    NextSource "next-source" "Look through the next source: citations, passages, precedents, this case, all"
        [Picker] ["tab"] Guidelines "source" 70 may::always, |m| looking_up::step_source(m, 1);
    PreviousSource "previous-source" "Look through the source before"
        [Picker] ["shift-tab"] Guidelines "" 0 may::always, |m| looking_up::step_source(m, -1);
    ReadOn "read-on" "Read on in what is selected; in a precedent, select its next sentence"
        [Picker] ["ctrl-f" "ctrl-down" "alt-down"] Guidelines "read on" 60 may::picked,
        |m| looking_up::page(m, 1);
    ReadBack "read-back" "Read back in what is selected"
        [Picker] ["ctrl-b" "ctrl-up" "alt-up"] Guidelines "" 0 may::picked,
        |m| looking_up::page(m, -1);

    WriteReference "write-reference" "Write its name where the rationale's cursor is; of a precedent, quote the selected sentence"
        [Picker] ["ctrl-y"] Guidelines "write at cursor" 85 may::reference, taking::write_selected;

    NextLint "next-lint" "Next of what the checks mark"
        [Case] ["g n"] Case "" 0 may::checked, |m| mending::step(m, true);
    PreviousLint "previous-lint" "The mark before"
        [Case] ["g p"] Case "" 0 may::checked, |m| mending::step(m, false);
    Mend "mend" "Put right what is marked here: words to choose from, or a reason why it may stand"
        [Case Editor] ["ctrl-o"] Case "mend" 48 may::marked_here, mending::mend;
    Worksheet "worksheet" "Compare the evidence of two cited recommendations; its paragraph is written"
        [Items] ["g w"] Items "" 0 may::two_citations, sequence::open_worksheet;
    OutsideMtus "outside-mtus" "Say why the MTUS was left: it is silent, or rebutted"
        [Items] ["g o"] Items "" 0 may::outside, sequence::open_outside;
    NextMark "next-mark" "Next mark in the text"
        [Editor] ["f7"] Editor "next mark" 47 may::checked, |m| mending::step_in_text(m, true);
    PreviousMark "previous-mark" "The mark before, in the text"
        [Editor] ["f6"] Editor "" 0 may::checked, |m| mending::step_in_text(m, false);
    LearnWord "learn-word" "Take the unknown word at the cursor into your own words"
        [Editor] ["ctrl-l"] Editor "" 0 may::unknown_word, mending::learn;

    MoveDown "move-down" "Down" [Browse] ["j" "down"] Moving "" 0
        may::always, |m| moving::go(m, Motion::Lines(1));
    MoveUp "move-up" "Up" [Browse] ["k" "up"] Moving "" 0
        may::always, |m| moving::go(m, Motion::Lines(-1));
    PageDown "page-down" "A page down" [Browse] ["page-down" "ctrl-f" "ctrl-d"] Moving "" 0
        may::always, |m| moving::go(m, Motion::Pages(1));
    PageUp "page-up" "A page up" [Browse] ["page-up" "ctrl-u"] Moving "" 0
        may::always, |m| moving::go(m, Motion::Pages(-1));
    Top "top" "To the top" [Browse] ["g g" "home"] Moving "top" 0
        may::always, |m| moving::go(m, Motion::Start);
    Bottom "bottom" "To the end" [Browse] ["G" "end"] Moving "" 0
        may::always, |m| moving::go(m, Motion::End);

    Wider "wider" "Give the left or upper pane more room" [Browse] [">"] Program "" 0
        may::split, |m| panes::shift(m, 1);
    Narrower "narrower" "Give the left or upper pane less room" [Browse] ["<"] Program "" 0
        may::split, |m| panes::shift(m, -1);
    EvenPanes "even-panes" "Every pane as it was at first" [Browse] ["="] Program "" 0
        may::moved_panes, panes::even;
    Zoom "zoom" "Give the pane with the focus the whole screen, and back" [Browse] ["+"] Program
        "zoom" 8 may::zoom, panes::zoom;

    LeaveEditor "leave-editor" "Done writing; the text is saved"
        [Editor] ["esc"] Editor "done" 90 may::always, editing::leave;
    TypeNewLine "new-paragraph" "New paragraph"
        [Editor] ["enter"] Editor "" 0 may::always, editing::new_line;
    TypeLeft "cursor-left" "A character back"
        [Editor] ["left"] Editor "" 0 may::always, editing::left;
    TypeRight "cursor-right" "A character on"
        [Editor] ["right"] Editor "" 0 may::always, editing::right;
    TypeUp "cursor-up" "A line up"
        [Editor] ["up"] Editor "" 0 may::always, editing::up;
    TypeDown "cursor-down" "A line down"
        [Editor] ["down"] Editor "" 0 may::always, editing::down;
    TypeWordLeft "word-left" "A word back"
        [Editor] ["ctrl-left" "alt-left"] Editor "" 0 may::always, editing::word_left;
    TypeWordRight "word-right" "A word on"
        [Editor] ["ctrl-right" "alt-right"] Editor "" 0 may::always, editing::word_right;
    TypeHome "line-start" "To the start of the line"
        [Editor] ["home"] Editor "" 0 may::always, editing::line_start;
    TypeEnd "line-end" "To the end of the line"
        [Editor] ["end" "ctrl-e"] Editor "" 0 may::always, editing::line_end;
    TypeParagraphUp "paragraph-up" "A paragraph up"
        [Editor] ["ctrl-up" "alt-up"] Editor "" 0 may::always, editing::paragraph_up;
    TypeParagraphDown "paragraph-down" "A paragraph down"
        [Editor] ["ctrl-down" "alt-down"] Editor "" 0 may::always, editing::paragraph_down;
    TypePageUp "editor-page-up" "A page up"
        [Editor] ["page-up"] Editor "" 0 may::always, editing::page_up;
    TypePageDown "editor-page-down" "A page down"
        [Editor] ["page-down"] Editor "" 0 may::always, editing::page_down;
    TypeTextStart "text-start" "To the start of the text"
        [Editor] ["ctrl-home"] Editor "" 0 may::always, editing::text_start;
    TypeTextEnd "text-end" "To the end of the text"
        [Editor] ["ctrl-end"] Editor "" 0 may::always, editing::text_end;
    SelectLeft "select-left" "Select a character back"
        [Editor] ["shift-left"] Editor "" 0 may::always, editing::select_left;
    SelectRight "select-right" "Select a character on"
        [Editor] ["shift-right"] Editor "" 0 may::always, editing::select_right;
    SelectUp "select-up" "Select a line up"
        [Editor] ["shift-up"] Editor "" 0 may::always, editing::select_up;
    SelectDown "select-down" "Select a line down"
        [Editor] ["shift-down"] Editor "" 0 may::always, editing::select_down;
    SelectWordLeft "select-word-left" "Select a word back"
        [Editor] ["ctrl-shift-left"] Editor "" 0 may::always, editing::select_word_left;
    SelectWordRight "select-word-right" "Select a word on"
        [Editor] ["ctrl-shift-right"] Editor "" 0 may::always, editing::select_word_right;
    SelectLineStart "select-line-start" "Select to the start of the line"
        [Editor] ["shift-home"] Editor "" 0 may::always, editing::select_line_start;
    SelectLineEnd "select-line-end" "Select to the end of the line"
        [Editor] ["shift-end"] Editor "" 0 may::always, editing::select_line_end;
    SelectParagraphUp "select-paragraph-up" "Select a paragraph up"
        [Editor] ["ctrl-shift-up"] Editor "" 0 may::always, editing::select_paragraph_up;
    SelectParagraphDown "select-paragraph-down" "Select a paragraph down"
        [Editor] ["ctrl-shift-down"] Editor "" 0 may::always, editing::select_paragraph_down;
    SelectPageUp "select-page-up" "Select a page up"
        [Editor] ["shift-page-up"] Editor "" 0 may::always, editing::select_page_up;
    SelectPageDown "select-page-down" "Select a page down"
        [Editor] ["shift-page-down"] Editor "" 0 may::always, editing::select_page_down;
    SelectTextStart "select-text-start" "Select to the start of the text"
        [Editor] ["ctrl-shift-home"] Editor "" 0 may::always, editing::select_text_start;
    SelectTextEnd "select-text-end" "Select to the end of the text"
        [Editor] ["ctrl-shift-end"] Editor "" 0 may::always, editing::select_text_end;
    SelectAll "select-all" "Select the whole text"
        [Editor] ["f9"] Editor "" 0 may::always, editing::select_all;
    TypeBackspace "backspace" "Delete the character before the cursor"
        [Editor] ["backspace"] Editor "" 0 may::always, editing::backspace;
    TypeDelete "delete" "Delete the character under the cursor"
        [Editor] ["delete"] Editor "" 0 may::always, editing::delete;
    TypeDeleteWord "delete-word" "Delete the word before the cursor"
        [Editor] ["ctrl-w" "alt-backspace"] Editor "" 0 may::always, editing::delete_word;
    TypeDeleteWordOn "delete-word-forward" "Delete the word after the cursor"
        [Editor] ["ctrl-delete"] Editor "" 0 may::always, editing::delete_word_forward;
    TypeDeleteToEnd "delete-to-line-end" "Delete the rest of the line"
        [Editor] ["ctrl-k"] Editor "" 0 may::always, editing::delete_to_line_end;
    TypeCut "cut" "Cut what is selected"
        [Editor] ["ctrl-x"] Editor "cut" 20 may::always, editing::cut;
    TypeCopy "copy" "Copy what is selected"
        [Editor] ["ctrl-c"] Editor "copy" 20 may::always, editing::copy;
    TypePaste "paste" "Paste"
        [Editor] ["ctrl-v"] Editor "paste" 20 may::always, editing::paste;
    TypeUndo "undo-typing" "Undo"
        [Editor] ["ctrl-u"] Editor "undo" 60 may::always, editing::undo;
    TypeRedo "redo-typing" "Redo"
        [Editor] ["ctrl-r"] Editor "redo" 55 may::always, editing::redo;
    Find "find" "Search in the rationale"
        [Editor] ["ctrl-f"] Editor "find" 40 may::always, inserting::find;
    FindNext "find-next" "Next place of what was searched for"
        [Editor Find] ["ctrl-n" "f3"] Editor "next" 52 may::search,
        |m| inserting::step(m, EditorCommand::FindNext);
    FindPrevious "find-previous" "The place before"
        [Editor Find] ["ctrl-p"] Editor "before" 0 may::search,
        |m| inserting::step(m, EditorCommand::FindPrevious);
    KeepFound "keep-found" "Done searching; the place found stays selected"
        [Find] ["enter"] Editor "done" 90 may::always, inserting::keep;
    LeaveFind "leave-find" "Back to where the search began"
        [Find] ["esc" "ctrl-c"] Editor "as before" 80 may::always, inserting::leave;
    Insert "insert" "Insert one of the item's citations or of the case's findings"
        [Editor] ["ctrl-t"] Editor "insert" 50 may::excerpts, inserting::excerpts;
    Snippets "snippets" "Insert a snippet: sentences that the case fills in"
        [Items] ["g t"] Editor "snippets" 0 may::item, inserting::snippets;
    SnippetsInText "snippets-in-text" "The same, while writing"
        [Editor] ["alt-t" "f4"] Editor "snippets" 44 may::item, inserting::snippets;
    NextBlank "next-blank" "Select the next blank that a snippet left: what you type takes its place"
        [Editor] ["tab"] Editor "next blank" 51 may::blank, inserting::next_blank;
    InsertExcerpt "insert-excerpt" "Insert the selected one at the cursor"
        [Excerpts] ["enter"] Editor "insert" 90 may::always, inserting::insert;

    RestoreText "restore-text" "Take the selected text back in place of today's"
        [Versions] ["enter"] Editor "take it back" 90 may::always, earlier::restore;

    FieldLeft "field-left" "A character back"
        [Field] ["left"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::left);
    FieldRight "field-right" "A character on"
        [Field] ["right"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::right);
    FieldHome "field-home" "To the start of the field"
        [Field] ["home"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::home);
    FieldEnd "field-end" "To the end of the field"
        [Field] ["end" "ctrl-e"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::end);
    FieldBackspace "field-backspace" "Delete the character before the cursor"
        [Field] ["backspace"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::backspace);
    FieldDelete "field-delete" "Delete the character under the cursor"
        [Field] ["delete"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::delete);
    FieldDeleteWord "field-delete-word" "Delete the word before the cursor"
        [Field] ["ctrl-w"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::delete_word);
    FieldClear "field-clear" "Delete everything before the cursor"
        [Field] ["ctrl-u"] Typing "" 0 may::always, |m| fields::edit(m, super::field::Field::delete_to_start);

    ChooserDown "chooser-down" "Next in the list"
        [Picker Palette Excerpts] ["down" "ctrl-n"] Typing "" 0 may::always, |m| moving::go(m, Motion::Lines(1));
    ChooserUp "chooser-up" "The one before"
        [Picker Palette Excerpts] ["up" "ctrl-p"] Typing "" 0 may::always, |m| moving::go(m, Motion::Lines(-1));
    ChooserPageDown "chooser-page-down" "A page down in the list"
        [Picker Palette Excerpts Versions] ["page-down"] Typing "" 0 may::always, |m| moving::go(m, Motion::Pages(1));
    ChooserPageUp "chooser-page-up" "A page up in the list"
        [Picker Palette Excerpts Versions] ["page-up"] Typing "" 0 may::always, |m| moving::go(m, Motion::Pages(-1));
    RunCommand "run-command" "Do what is selected"
        [Palette] ["enter"] Typing "do it" 90 may::always, program::run_selected;
    LeaveChooser "leave-chooser" "Back to where you were"
        [Picker Palette Excerpts Versions] ["esc" "ctrl-c"] Typing "back" 80 may::always, program::close_top;

    MenuDown "menu-down" "Next in the list"
        [Menu Versions] ["j" "down" "ctrl-n"] Typing "" 0 may::always, |m| moving::go(m, Motion::Lines(1));
    MenuUp "menu-up" "The one before"
        [Menu Versions] ["k" "up" "ctrl-p"] Typing "" 0 may::always, |m| moving::go(m, Motion::Lines(-1));
    MenuPick "menu-pick" "Choose what is selected; a digit chooses that line"
        [Menu] ["enter" "space"] Typing "choose" 90 may::always, queue::pick;
    LeaveMenu "leave-menu" "Back to the queue, nothing changed"
        [Menu] ["esc" "q" "ctrl-c"] Typing "back" 80 may::always, program::close_top;

    NextQuestion "next-question" "Next question"
        [Dialogue] ["tab" "down"] Typing "" 0 may::always, |m| dialogues::step(m, 1);
    PreviousQuestion "previous-question" "Question before"
        [Dialogue] ["shift-tab" "up"] Typing "" 0 may::always, |m| dialogues::step(m, -1);
    Confirm "confirm" "Next question; after the last one, do it"
        [Dialogue] ["enter"] Typing "confirm" 90 may::always, dialogues::confirm;
    PutAside "put-aside" "Leave the dialogue; what was typed is kept"
        [Dialogue] ["esc" "ctrl-c"] Typing "back" 80 may::always, dialogues::put_aside;
    ScrollDown "scroll-down" "More of what the dialogue is about"
        [Dialogue] ["page-down"] Typing "" 0 may::always, |m| dialogues::scroll(m, Motion::Pages(1));
    ScrollUp "scroll-up" "Back to its start"
        [Dialogue] ["page-up"] Typing "" 0 may::always, |m| dialogues::scroll(m, Motion::Pages(-1));
    Toggle "toggle" "Agree to the statement, or take that back"
        [Statement] ["space"] Typing "agree" 95 may::always, dialogues::toggle;
    NextOption "next-option" "Choose the next"
        [Choice] ["right" "l" "space"] Typing "choose" 95 may::question, |m| dialogues::choose(m, 1);
    PreviousOption "previous-option" "Choose the one before"
        [Choice] ["left" "h"] Typing "" 0 may::question, |m| dialogues::choose(m, -1);

    Commands "commands" "Find a command by name"
        [Browse] [":"] Program "commands" 12 may::always, program::open_palette;
    Statistics "statistics" "Agreement with published letters, own words and turnaround"
        [Browse] ["g s"] Program "" 0 may::always, stats::open;
    Messages "messages" "Read messages and errors again"
        [Browse] ["m"] Program "" 0 may::always, reading::messages;
    Help "help" "Keys that work here, and all others"
        [Browse] ["?"] Program "help" 0 may::always, reading::help;
    HelpInText "help-in-text" "The same, from text fields too"
        [Anywhere] ["f1"] Program "help" 0 may::no_help, reading::help;
    CloseReading "close-reading" "Back to where you were"
        [Reading] ["esc" "q" "?" "enter" "ctrl-c"] Program "back" 80 may::always, program::close_top;
    LockNow "lock" "Lock the screen until the passphrase is typed"
        [Anywhere] ["f8"] Program "lock" 0 may::passphrase, lock::lock;
    Unlock "unlock" "Open the lock with what is typed"
        [Locked] ["enter"] Program "unlock" 90 may::always, lock::unlock;
    UnlockErase "unlock-erase" "Take the last character of the passphrase back"
        [Locked] ["backspace"] Program "" 0 may::always, lock::erase;
    UnlockClear "unlock-clear" "Take the whole passphrase back"
        [Locked] ["ctrl-u" "esc"] Program "start again" 40 may::always, lock::clear;
    Redraw "redraw" "Draw everything again"
        [Anywhere] ["ctrl-l"] Program "" 0 may::always, program::redraw;
    Suspend "suspend" "Back to the shell for a while"
        [Anywhere] ["ctrl-z"] Program "" 0 may::always, program::suspend;
    Quit "quit" "Save and leave"
        [Queue Browse] ["q"] Program "quit" 10 may::always, program::quit;
}

impl Action {
    /// Its line of the table.
    pub fn spec(self) -> &'static ActionSpec {
        // The macro makes enum and table from the same lines, so every place exists.
        &ACTIONS[self as usize]
    }
}

/// The key table as Markdown, by section, for README and `imr keys --markdown`.
pub fn table_markdown() -> String {
    let keymap = Keymap::default();
    let mut out = String::new();
    for section in Section::ALL {
        out.push_str(&format!(
            "### {}\n\n| Keys | Name | What it does |\n|---|---|---|\n",
            section.title()
        ));
        for spec in ACTIONS.iter().filter(|s| s.section == section) {
            let keys = keymap.keys(spec.id, spec.contexts);
            let keys: Vec<String> = keys.iter().map(|k| format!("`{k}`")).collect();
            out.push_str(&format!(
                "| {} | `{}` | {} |\n",
                keys.join(" "),
                spec.name,
                spec.doc
            ));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_finds_its_own_line() {
        for spec in ACTIONS {
            assert_eq!(spec.id.spec().name, spec.name);
        }
    }

    #[test]
    fn names_are_kebab_case_and_unique() {
        for (i, spec) in ACTIONS.iter().enumerate() {
            assert!(
                spec.name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-'),
                "{}",
                spec.name
            );
            assert!(
                !ACTIONS.iter().skip(i + 1).any(|s| s.name == spec.name),
                "{}",
                spec.name
            );
        }
    }

    #[test]
    fn every_action_is_in_the_table_for_people() {
        let table = table_markdown();
        for spec in ACTIONS {
            assert!(
                table.contains(&format!("| `{}` |", spec.name)),
                "{}",
                spec.name
            );
        }
    }
}
