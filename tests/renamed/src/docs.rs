//! Doc comments in every form. `cargo doc` with `-D warnings` and `missing_docs` check the items that are
//! generated from a field: they have its comment, whose links must work there, too.

#[expect(unused_imports, reason = "only doc comments name it")]
use std::collections::BTreeMap as Map;

use dv::prelude::*;

/// A piece of paper: see [`Self::total`], [Map], [`super::Thing`] and [the library](dv).
///
/// ```
/// // An example that runs once.
/// assert_eq!(1 + 1, 2);
/// ```
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(crate = "::dv", logical = "new_paper", set = "new_papers")]
pub struct Paper {
    /// The key, as [`Id<Paper>`](Id).
    #[attr(logical = "new_paperid", primary_id)]
    pub id: Id<Paper>,
    /**
     * The total, in [`Self::currency`].
     *
     * * one,
     * * two.
     */
    #[attr(logical = "new_total")]
    pub total: Option<i32>,
    /** The currency: [`Self`] knows no other. */
    #[attr(logical = "new_currency", string)]
    #[doc(alias = "money")]
    pub currency: Option<String>,
    #[doc = include_str!("terms.md")]
    #[attr(logical = "new_terms", string)]
    pub terms: Option<String>,
    /// The terms of before, see [terms].
    ///
    /// [terms]: Self::terms
    #[doc = concat!("And of ", "the [paper][Paper] before.")]
    #[attr(logical = "new_before", string)]
    pub before: Option<String>,
    #[cfg_attr(all(), doc = "The note, as text only.")]
    #[attr(logical = "new_note", string, display = "The note")]
    pub note: Option<String>,
    #[doc(hidden)]
    #[attr(logical = "new_secret", string)]
    pub secret: Option<String>,
    /// The parent: a [`Self`], with a method of its own, [`Self::is_free`].
    ///
    /// # Example
    ///
    /// ```
    /// let examples_stay_here = true;
    /// # assert!(examples_stay_here);
    /// ```
    ///
    /// [unused]: Self::parent
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    pub parent: Option<Lookup<Paper>>,
    /// The records above: [`Paper`] again.
    #[expand(nav = "new_Children")]
    pub children: Expanded<Paper>,
}

impl Paper {
    /// Returns whether nothing is paid.
    pub fn is_free(&self) -> bool {
        self.total.is_none()
    }
}

/// A table that only annotations describe, with text that would be Markdown in a doc comment.
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(crate = "::dv", logical = "new_form", set = "new_forms")]
pub struct Form {
    #[attr(logical = "new_formid", primary_id)]
    pub id: Id<Form>,
    #[attr(
        logical = "new_rate",
        integer,
        display = "Rate [%] <b>",
        description = "As [on] https://contoso.example/a_b_c.\n    ```\n    no code"
    )]
    pub rate: Option<i32>,
}

macro_rules! documented {
    ($(#[$struct:meta])* $name:ident, $(#[$field:meta])* $column:ident, $text:literal) => {
        $(#[$struct])*
        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(crate = "::dv", logical = "new_made", set = "new_mades")]
        pub struct $name {
            #[doc = $text]
            #[attr(logical = "new_madeid", primary_id)]
            pub id: Id<$name>,
            $(#[$field])*
            #[attr(logical = "new_name", string)]
            pub $column: Option<String>,
        }
    };
}

documented!(
    /// Made by a macro.
    Made,
    /// Its name, as [`Self::id`].
    name,
    "The key of [`Self`]."
);
