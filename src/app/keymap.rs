//! From keys to actions: contexts, sequences, and the user's patch over the table.

use super::action::{ACTIONS, Action, ActionSpec};
use super::key::{Key, KeyCode};
use super::model::Place;
use super::open_case::Tab;
use crate::settings::nearest::hint;

macro_rules! contexts {
    ($($context:ident $name:literal $doc:literal;)*) => {
        /// Where a key has a meaning. What has the focus names several, the closest first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Context { $(#[doc = $doc] $context,)* }

        impl Context {
            /// From wide to narrow.
            pub const ALL: &[Self] = &[$(Self::$context,)*];

            /// As keymap files name it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$context => $name,)* }
            }

            /// As help and README head it.
            pub fn title(self) -> &'static str {
                match self { $(Self::$context => $doc,)* }
            }
        }
    };
}

contexts! {
    Anywhere "anywhere" "Anywhere, text fields and the editor included";
    Browse "browse" "Everywhere but in text";
    Queue "queue" "Queue";
    Case "case" "Case, every tab";
    Summary "summary" "Summary";
    Findings "findings" "Findings";
    Items "items" "Items";
    Records "records" "Records";
    Determination "determination" "Determination";
    History "history" "History";
    Editor "editor" "Rationale editor";
    Field "field" "Text field";
    Filter "filter" "Queue filter";
    Picker "picker" "Guideline picker";
    Palette "palette" "Commands";
    Menu "menu" "List of views or columns";
    Dialogue "dialogue" "Dialogue";
    Choice "choice" "Choice in a dialogue";
    Statement "statement" "Statement to agree to in a dialogue";
    Reading "reading" "Help and messages";
    Find "find" "Search in the rationale";
    Excerpts "excerpts" "Citations, findings and snippets to insert";
    Versions "versions" "Earlier texts of a rationale";
    Locked "locked" "Locked screen";
}

/// One line of a user's keymap: these keys, and no others, for this action in this context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// File, line and column, for messages: `keymap.toml:3:1`.
    pub place: String,
    /// Name of the context.
    pub context: String,
    /// Name of the action.
    pub action: String,
    /// Each a key or a sequence parted by blanks: `g g`; none unbinds.
    pub keys: Vec<String>,
}

/// One binding in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// One key, or several pressed one after another.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
    /// Where it comes from: the user's line, or `built in`.
    place: String,
}

/// Where a key press leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// To an action.
    Action(Action),
    /// On: more keys are awaited.
    Prefix,
    /// Nowhere.
    Unbound,
}

/// Actions that must keep a key where one would be caught without it.
const ESSENTIAL: [(Action, Place); 13] = [
    (Action::Quit, Place::Queue),
    (Action::Help, Place::Queue),
    (Action::Help, Place::Tab(Tab::Items)),
    (Action::HelpInText, Place::Editor),
    (Action::Back, Place::Tab(Tab::Items)),
    (Action::DropFilter, Place::Filter),
    (Action::LeaveEditor, Place::Editor),
    (Action::LeaveChooser, Place::Picker),
    (Action::LeaveChooser, Place::Palette),
    (Action::PutAside, Place::Question),
    (Action::PutAside, Place::Choice),
    (Action::PutAside, Place::Statement),
    (Action::CloseReading, Place::Reading),
];

/// Where a binding of the table comes from.
const BUILT_IN: &str = "built in";

/// All bindings.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = Self::as_listed();
        map.sort();
        map
    }
}

fn defaults(spec: &ActionSpec) -> Vec<Binding> {
    let contexts = spec.contexts.iter();
    contexts
        .flat_map(|c| bindings(spec.id, *c, spec.keys, BUILT_IN))
        .collect()
}

fn bindings(action: Action, context: Context, keys: &[&str], place: &str) -> Vec<Binding> {
    keys.iter()
        .filter_map(|keys| sequence(keys).ok())
        .map(|keys| Binding {
            context,
            keys,
            action,
            place: place.to_owned(),
        })
        .collect()
}

/// Reads `g g`, `ctrl-g`, `space`.
fn sequence(text: &str) -> Result<Vec<Key>, String> {
    let keys: Result<Vec<Key>, _> = text.split_whitespace().map(str::parse).collect();
    match keys {
        Ok(keys) if keys.is_empty() => Err("an empty key".to_owned()),
        // Behind Esc it is how a terminal begins an arrow key.
        Ok(keys)
            if keys
                .first()
                .is_some_and(|key| key.code == KeyCode::Char('[')) =>
        {
            Err("\"[\" begins the codes of other keys: take another".to_owned())
        }
        Ok(keys) => match keys.iter().find_map(same_byte) {
            Some(said) => Err(said.to_owned()),
            None => Ok(keys),
        },
        Err(bad) => Err(bad.to_string()),
    }
}

/// Keys for which a terminal sends what it sends for another one.
fn same_byte(key: &Key) -> Option<&'static str> {
    const SAME: [(char, &str); 3] = [
        ('i', "a terminal sends Tab for \"ctrl-i\": take another"),
        ('m', "a terminal sends Enter for \"ctrl-m\": take another"),
        (
            'j',
            "a terminal may send Enter for \"ctrl-j\": take another",
        ),
    ];
    let is_key = |c: char| key.ctrl && key.code == KeyCode::Char(c);
    let found = SAME.iter().find(|(c, _)| is_key(*c));
    found.map(|(_, said)| *said)
}

impl Keymap {
    /// The table with the user's patch over it. Everything wrong with the patch comes back at
    /// once; what is wrong is left out, what is right counts.
    pub fn patched(patches: &[Patch]) -> (Self, Vec<String>) {
        let mut map = Self::as_listed();
        let mut problems = Vec::new();
        for patch in patches {
            match map.apply(patch) {
                Ok(said) => problems.extend(said),
                Err(said) => problems.push(format!("{}: {said}", patch.place)),
            }
        }
        problems.extend(map.settle_conflicts());
        map.give_back(patches);
        map.sort();
        problems.extend(map.keep_essentials(patches));
        (map, problems)
    }

    fn apply(&mut self, patch: &Patch) -> Result<Vec<String>, String> {
        let context = Context::ALL
            .iter()
            .find(|c| c.name() == patch.context)
            .ok_or_else(|| {
                let near = hint(&patch.context, Context::ALL.iter().map(|c| c.name()));
                format!("unknown context \"{}\"{near}", patch.context)
            })?;
        let spec = ACTIONS
            .iter()
            .find(|s| s.name == patch.action)
            .ok_or_else(|| {
                let near = hint(&patch.action, ACTIONS.iter().map(|s| s.name));
                format!("unknown action \"{}\"{near}", patch.action)
            })?;
        if !spec.contexts.contains(context) {
            let names: Vec<&str> = spec.contexts.iter().map(|c| c.name()).collect();
            let (action, names) = (spec.name, names.join(", "));
            return Err(format!(
                "{action} has no meaning in \"{}\"; it belongs in {names}",
                context.name()
            ));
        }
        self.bindings
            .retain(|b| b.action != spec.id || b.context != *context);
        let mut problems = Vec::new();
        for keys in &patch.keys {
            match sequence(keys) {
                Ok(keys) => self.bindings.push(Binding {
                    context: *context,
                    keys,
                    action: spec.id,
                    place: patch.place.clone(),
                }),
                Err(said) => problems.push(format!("{}: {said}", patch.place)),
            }
        }
        Ok(problems)
    }

    /// The same keys twice in a context, or keys that begin longer ones: the user's line beats the
    /// built-in one without a word only if it says the very same keys; else both are named.
    fn settle_conflicts(&mut self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut kept: Vec<Binding> = Vec::new();
        for new in std::mem::take(&mut self.bindings) {
            match kept.iter().find(|old| clash(old, &new)) {
                None => kept.push(new),
                Some(old) => problems.push(format!(
                    "{}: \"{}\" for {} in {} is taken by {} ({})",
                    new.place,
                    words(&new.keys),
                    new.action.spec().name,
                    new.context.name(),
                    old.action.spec().name,
                    old.place
                )),
            }
        }
        self.bindings = kept;
        problems
    }

    /// An action of which every new key was refused keeps those it had, where they are free.
    fn give_back(&mut self, patches: &[Patch]) {
        for patch in patches.iter().filter(|patch| !patch.keys.is_empty()) {
            let is_meant = |b: &Binding| {
                b.context.name() == patch.context && b.action.spec().name == patch.action
            };
            if self.bindings.iter().any(is_meant) {
                continue;
            }
            let own = ACTIONS.iter().flat_map(defaults).filter(is_meant);
            for binding in own {
                if !self.bindings.iter().any(|b| clash(b, &binding)) {
                    self.bindings.push(binding);
                }
            }
        }
    }

    /// Whoever unbinds a way out, or hides it behind a key of a closer context, gets it back.
    fn keep_essentials(&mut self, patches: &[Patch]) -> Vec<String> {
        let mut problems = Vec::new();
        for (action, place) in ESSENTIAL {
            let contexts = place.contexts();
            if !self.keys(action, contexts).is_empty() {
                continue;
            }
            let name = action.spec().name;
            let by = patches.iter().rev().find(|p| p.action == name);
            let by = by.or(patches.last());
            let place = by.map_or_else(String::new, |p| format!("{}: ", p.place));
            let said = format!("{place}{name} cannot be unbound; it keeps its own keys");
            if !problems.contains(&said) {
                problems.push(said);
            }
            self.restore(action, contexts);
        }
        problems
    }

    /// The action's own keys, and nothing in their way in these contexts.
    fn restore(&mut self, action: Action, contexts: &[Context]) {
        let own = defaults(action.spec());
        let is_in_the_way = |b: &Binding| {
            let is_seen = contexts.contains(&b.context);
            let is_alike = |o: &Binding| starts_alike(&o.keys, &b.keys);
            b.action != action && is_seen && b.place != BUILT_IN && own.iter().any(is_alike)
        };
        self.bindings
            .retain(|b| !is_in_the_way(b) && !own.iter().any(|o| clash(o, b)));
        self.bindings.extend(own);
        self.sort();
    }

    /// The table, in its order.
    fn as_listed() -> Self {
        Self {
            bindings: ACTIONS.iter().flat_map(defaults).collect(),
        }
    }

    /// Context by context: keys are looked up many times a frame.
    fn sort(&mut self) {
        self.bindings.sort_by_key(|b| b.context);
    }

    /// The bindings of a context.
    fn of(&self, context: Context) -> &[Binding] {
        let start = self.bindings.partition_point(|b| b.context < context);
        let end = self.bindings.partition_point(|b| b.context <= context);
        self.bindings.get(start..end).unwrap_or_default()
    }

    /// Where these keys lead; the closest context that knows them decides.
    pub fn resolve(&self, contexts: &[Context], keys: &[Key]) -> Resolved {
        for context in contexts {
            let here = self.of(*context);
            if let Some(found) = here.iter().find(|b| b.keys == keys) {
                return Resolved::Action(found.action);
            }
            if here.iter().any(|b| b.keys.starts_with(keys)) {
                return Resolved::Prefix;
            }
        }
        Resolved::Unbound
    }

    /// What may follow these keys: the rest, and the action.
    pub fn continuations(&self, contexts: &[Context], keys: &[Key]) -> Vec<(String, Action)> {
        let fits = |b: &&Binding| {
            contexts.contains(&b.context) && b.keys.len() > keys.len() && b.keys.starts_with(keys)
        };
        let rest = |b: &Binding| {
            (
                words(b.keys.get(keys.len()..).unwrap_or_default()),
                b.action,
            )
        };
        self.bindings.iter().filter(fits).map(rest).collect()
    }

    /// The keys that lead to an action in these contexts, in words: `j`, `Down`. A key to which a
    /// closer context gives another meaning is not among them.
    pub fn keys(&self, action: Action, contexts: &[Context]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for b in self.bindings.iter().filter(|b| b.action == action) {
            let leads = self.resolve(contexts, &b.keys) == Resolved::Action(action);
            let said = words(&b.keys);
            if contexts.contains(&b.context) && leads && !out.contains(&said) {
                out.push(said);
            }
        }
        out
    }

    /// Is the action bound in one of these contexts, shadowed or not?
    pub fn is_bound(&self, action: Action, contexts: &[Context]) -> bool {
        let fits = |b: &Binding| b.action == action && contexts.contains(&b.context);
        self.bindings.iter().any(fits)
    }

    /// The first key of an action, as hints show it; empty where it has none.
    pub fn key(&self, action: Action, contexts: &[Context]) -> String {
        self.keys(action, contexts)
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    /// The tab on which a key that means nothing here would do something.
    pub fn elsewhere(&self, keys: &[Key]) -> Option<Context> {
        use Context as C;
        const TABS: [Context; 5] = [
            C::Items,
            C::Findings,
            C::Records,
            C::Summary,
            C::Determination,
        ];
        let has = |tab: &&Context| {
            let mut own = self.bindings.iter().filter(|b| b.context == **tab);
            own.any(|b| b.keys == keys)
        };
        TABS.iter().find(has).copied()
    }

    /// Every binding, context by context.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

fn clash(a: &Binding, b: &Binding) -> bool {
    a.context == b.context && starts_alike(&a.keys, &b.keys)
}

fn starts_alike(a: &[Key], b: &[Key]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Keys as people read them: `Enter`, `Ctrl-g`, `g g`.
pub fn words(keys: &[Key]) -> String {
    let said: Vec<String> = keys.iter().map(|k| word(*k)).collect();
    said.join(" ")
}

fn word(key: Key) -> String {
    if let Some(c) = key.typed().filter(|c| *c != ' ') {
        return c.to_string();
    }
    let name = key.to_string();
    let capital = |part: &str| {
        let mut chars = part.chars();
        let rest = part.chars().count() > 1;
        chars.next().filter(|_| rest).map_or_else(
            || part.to_owned(),
            |c| format!("{}{}", c.to_ascii_uppercase(), chars.as_str()),
        )
    };
    let name = name.split('-').map(capital).collect::<Vec<_>>().join("-");
    // As it is printed on the key.
    name.replace("Pageup", "PageUp")
        .replace("Pagedown", "PageDown")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(context: &str, action: &str, keys: &[&str]) -> Patch {
        Patch {
            place: format!("keymap.toml:{}", action.len()),
            context: context.to_owned(),
            action: action.to_owned(),
            keys: keys.iter().map(|k| (*k).to_owned()).collect(),
        }
    }

    fn key(text: &str) -> Vec<Key> {
        sequence(text).unwrap()
    }

    #[test]
    fn the_table_binds_without_conflict() {
        let (map, problems) = Keymap::patched(&[]);
        assert_eq!(problems, Vec::<String>::new());
        let asked: usize = ACTIONS
            .iter()
            .map(|s| s.contexts.len() * s.keys.len())
            .sum();
        assert_eq!(
            map.bindings().len(),
            asked,
            "a key of the table names no key"
        );
    }

    #[test]
    fn no_bare_bracket() {
        // On a slow line an arrow key arrives as Esc, `[`, `A`.
        let map = Keymap::default();
        let bare = |b: &&Binding| b.keys.first() == Some(&Key::char('['));
        assert_eq!(map.bindings().iter().find(bare), None);
        let (map, problems) = Keymap::patched(&[patch("items", "uphold", &["[", "ctrl-u"])]);
        assert_eq!(map.bindings().iter().find(bare), None);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains("\"[\""), "{problems:?}");
    }

    #[test]
    fn a_patch_replaces_and_unbinds() {
        let (map, problems) = Keymap::patched(&[
            patch("items", "uphold", &["ctrl-u", "z u"]),
            patch("browse", "messages", &[]),
        ]);
        assert_eq!(problems, Vec::<String>::new());
        let items = [Context::Items, Context::Browse];
        assert_eq!(
            map.resolve(&items, &key("ctrl-u")),
            Resolved::Action(Action::Uphold)
        );
        assert_eq!(map.resolve(&items, &key("z")), Resolved::Prefix);
        assert_eq!(map.resolve(&items, &key("U")), Resolved::Unbound);
        assert_eq!(map.resolve(&items, &key("m")), Resolved::Unbound);
    }

    #[test]
    fn an_action_whose_new_keys_are_refused_keeps_its_own() {
        let (map, problems) = Keymap::patched(&[
            patch("items", "overturn", &["N"]),
            patch("items", "uphold", &["ctrl-i"]),
        ]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems.iter().any(|p| p.contains("a terminal sends Tab")));
        let items = [Context::Items, Context::Browse];
        for (keys, action) in [("O", Action::Overturn), ("U", Action::Uphold)] {
            assert_eq!(map.resolve(&items, &key(keys)), Resolved::Action(action));
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let (map, problems) = Keymap::patched(&[
            patch("itms", "uphold", &["z"]),
            patch("items", "upholt", &["z"]),
            patch("items", "uphold", &["ctrl-zz"]),
            patch("items", "overturn", &["N"]),
            patch("queue", "uphold", &["z"]),
            patch("browse", "quit", &[]),
            patch("queue", "quit", &[]),
        ]);
        let all = problems.join("\n");
        for expected in [
            "unknown context \"itms\"; did you mean \"items\"?",
            "did you mean \"uphold\"?",
            "\"ctrl-zz\" names no key",
            "\"N\" for overturn in items is taken by none-applicable (built in)",
            "uphold has no meaning in \"queue\"; it belongs in items",
            "quit cannot be unbound",
        ] {
            assert!(all.contains(expected), "{expected} not in\n{all}");
        }
        assert_eq!(
            map.resolve(&[Context::Queue], &key("q")),
            Resolved::Action(Action::Quit)
        );
    }

    #[test]
    fn no_way_out_can_be_taken_away() {
        for (context, action, way_out) in [
            ("editor", "leave-editor", Action::LeaveEditor),
            ("case", "back", Action::Back),
            ("reading", "close-reading", Action::CloseReading),
            ("dialogue", "put-aside", Action::PutAside),
            ("anywhere", "help-in-text", Action::HelpInText),
        ] {
            let (map, problems) = Keymap::patched(&[patch(context, action, &[])]);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].starts_with("keymap.toml:"), "{problems:?}");
            assert!(problems[0].contains("cannot be unbound"), "{problems:?}");
            for (_, place) in ESSENTIAL.iter().filter(|(a, _)| *a == way_out) {
                assert!(!map.keys(way_out, place.contexts()).is_empty(), "{action}");
            }
        }
    }

    #[test]
    fn quit_does_not_hide_behind_a_closer_key() {
        let (map, problems) = Keymap::patched(&[
            patch("queue", "quit", &[]),
            patch("queue", "open-case", &["q"]),
        ]);
        assert!(
            problems.join("\n").contains("quit cannot be unbound"),
            "{problems:?}"
        );
        let queue = Place::Queue.contexts();
        assert_eq!(
            map.resolve(queue, &key("q")),
            Resolved::Action(Action::Quit)
        );
    }

    #[test]
    fn a_prefix_conflict_is_told() {
        let (_, problems) = Keymap::patched(&[patch("browse", "messages", &["g"])]);
        assert!(
            problems.join("\n").contains("\"g\" for messages"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_shadowed_key_is_not_told() {
        let map = Keymap::default();
        let case = [Context::Items, Context::Case, Context::Browse];
        assert_eq!(map.keys(Action::Quit, &case), Vec::<String>::new());
        assert!(map.is_bound(Action::Quit, &case));
        assert_eq!(
            map.keys(Action::Quit, &[Context::Queue, Context::Browse]),
            ["q"]
        );
    }

    #[test]
    fn key_names_are_words() {
        assert_eq!(words(&key("ctrl-g")), "Ctrl-g");
        assert_eq!(words(&key("g g")), "g g");
        assert_eq!(words(&key("page-down")), "PageDown");
        assert_eq!(words(&key("-")), "-");
        assert_eq!(words(&key("< >")), "< >");
        assert_eq!(words(&key("G")), "G");
        assert_eq!(words(&key("f5")), "F5");
    }
}
