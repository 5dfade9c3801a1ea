use std::ops::Range;

/// What a block of a document's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The headline.
    Title,
    /// Who wrote it, where and when it appeared.
    Byline,
    /// A heading inside the article.
    Heading,
    /// A paragraph.
    Body,
    /// An item of a list.
    Item,
    /// Menus, share bars, teasers, adverts, cut ends: kept, not read.
    Aside,
}

impl Role {
    /// Its name for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Item => "item",
            Self::Aside => "aside",
        }
    }

    /// Whether claims are looked for in it.
    pub fn is_read(self) -> bool {
        self != Self::Aside
    }
}

/// A run of the text that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the document's text.
    pub span: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// A text with what is known about it. The text is kept whole; blocks say which parts are the article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The file's name without its ending, or the id that the input gave.
    pub id: String,
    /// Headline, where given or found.
    pub title: Option<String>,
    /// Day of publication, ISO 8601, where given or found; may be followed by a time.
    pub published: Option<String>,
    /// Day of the last change, ISO 8601.
    pub modified: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was.
    pub url: Option<String>,
    /// Language code, where given or identified.
    pub lang: Option<String>,
    text: String,
    blocks: Vec<Block>,
}

impl Document {
    /// A document of plain text: every line that is not blank is a paragraph.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let from = start + (line.len() - line.trim_start().len());
                blocks.push(Block { span: from..from + trimmed.len(), role: Role::Body });
            }
            start += line.len();
        }
        Self { id: id.into(), text, blocks, ..Self::default() }
    }

    /// A document whose blocks are yet to be found.
    pub(crate) fn uncut(id: String, text: String) -> Self {
        Self { id, text, ..Self::default() }
    }

    /// The whole text as it was read, after decoding.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks, in the order of the text.
    #[inline]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Takes the first title block as title where none was given.
    pub(crate) fn find_title(&mut self) {
        if self.title.is_none() {
            let block = self.blocks.iter().find(|block| block.role == Role::Title);
            self.title =
                block.map(|block| self.text[block.span.clone()].split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    /// Takes `key: value` lines; keys that are not known are left alone.
    pub(crate) fn take_front_matter(&mut self, lines: &str) {
        for line in lines.lines() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            if value.is_empty() {
                continue;
            }
            let field = match key.trim().to_ascii_lowercase().as_str() {
                "id" => {
                    value.clone_into(&mut self.id);
                    continue;
                }
                "title" => &mut self.title,
                "published" | "date" | "reference_date" => &mut self.published,
                "modified" | "updated" => &mut self.modified,
                "publisher" | "outlet" => &mut self.publisher,
                "author" => &mut self.author,
                "url" => &mut self.url,
                "lang" | "language" => &mut self.lang,
                _ => continue,
            };
            *field = Some(value.to_owned());
        }
    }

    /// Replaces the blocks; spans must be in order, apart, and on character boundaries.
    pub fn set_blocks(&mut self, blocks: Vec<Block>) {
        debug_assert!(blocks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        debug_assert!(blocks.iter().all(|block| self.text.get(block.span.clone()).is_some()));
        self.blocks = blocks;
    }
}
