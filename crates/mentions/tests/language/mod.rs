//! A language's compiled data, for tests.

use pledgebook_lexicon::Data;
use pledgebook_mentions::Tables;
use pledgebook_text::{Habits, Vocabulary};

pub struct Language {
    pub habits: Habits,
    pub vocabulary: Vocabulary,
    pub tables: Tables,
}

impl Language {
    pub fn new(code: &str) -> Self {
        let data = Data::embedded();
        let habits = Habits::load(&data, code).unwrap_or_else(|error| panic!("{code}: {error}"));
        let mut vocabulary = Vocabulary::new();
        let tables =
            Tables::compile(&data, code, &habits, &mut vocabulary).unwrap_or_else(|error| panic!("{code}: {error}"));
        vocabulary.seal();
        Self { habits, vocabulary, tables }
    }
}
