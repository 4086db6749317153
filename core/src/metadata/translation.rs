//! Texts in languages other than English.

/// The texts of a table, a column or an option in one language. Each has some of these texts.
///
/// All other texts of the metadata are English, as in Microsoft's reference.
///
/// ```
/// use dataverse_entity::metadata::Translation;
///
/// const DANISH: Translation = Translation::new(1030).display_name("Kundeemne");
/// assert_eq!(DANISH.display_name, Some("Kundeemne"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Translation {
    /// The language, by its locale id: 1030 is Danish.
    pub language: u16,
    /// The name of a table or column, or the label of an option.
    pub display_name: Option<&'static str>,
    /// The name of several records of a table.
    pub display_collection_name: Option<&'static str>,
    /// The description.
    pub description: Option<&'static str>,
    /// The label of `true` of a yes or no.
    pub true_label: Option<&'static str>,
    /// The label of `false` of a yes or no.
    pub false_label: Option<&'static str>,
}

impl Translation {
    /// Returns a translation without texts.
    pub const fn new(language: u16) -> Self {
        Self {
            language,
            display_name: None,
            display_collection_name: None,
            description: None,
            true_label: None,
            false_label: None,
        }
    }

    /// Sets the name of a table or column, or the label of an option.
    pub const fn display_name(mut self, text: &'static str) -> Self {
        self.display_name = Some(text);
        self
    }

    /// Sets the name of several records of a table.
    pub const fn display_collection_name(mut self, text: &'static str) -> Self {
        self.display_collection_name = Some(text);
        self
    }

    /// Sets the description.
    pub const fn description(mut self, text: &'static str) -> Self {
        self.description = Some(text);
        self
    }

    /// Sets the label of `true` of a yes or no.
    pub const fn true_label(mut self, text: &'static str) -> Self {
        self.true_label = Some(text);
        self
    }

    /// Sets the label of `false` of a yes or no.
    pub const fn false_label(mut self, text: &'static str) -> Self {
        self.false_label = Some(text);
        self
    }
}
