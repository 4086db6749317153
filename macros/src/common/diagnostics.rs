//! All errors of one derive, shown in one compile.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects errors. No check returns early, so that one compile shows all of them.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    errors: Vec<syn::Error>,
}

impl Diagnostics {
    /// Adds an error at a token.
    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push(syn::Error::new(span, message.into()));
    }

    /// Adds an error, and on a line of its own what to write instead.
    pub(crate) fn help(&mut self, span: Span, message: impl AsRef<str>, help: impl AsRef<str>) {
        self.error(span, format!("{}\nhelp: {}", message.as_ref(), help.as_ref()));
    }

    /// Returns what a darling receiver read. Adds its errors in the words of this crate.
    pub(crate) fn handle<T>(&mut self, result: darling::Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                for each in error.flatten() {
                    self.error(each.span(), reword(&each.to_string()));
                }
                None
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }
}

impl ToTokens for Diagnostics {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.errors.iter().map(syn::Error::to_compile_error));
    }
}

/// Rewrites a message of darling in the form of this crate: lower case, without the path inside the receiver, what to
/// write on a line of its own. An error of darling has nothing but its text, so the texts here are those of the exact
/// version in `Cargo.toml`. The tests below get them from darling itself.
fn reword(message: &str) -> String {
    let message = without_location(message);
    if let Some(rest) = message.strip_prefix("Unknown field: ") {
        let (name, hint) = rest.split_once(". ").unwrap_or((rest, ""));
        return match hint.strip_prefix("Did you mean ").and_then(|hint| hint.strip_suffix('?')) {
            Some(known) => format!("unknown key {name}\nhelp: did you mean {known}?"),
            None => match hint.strip_prefix("Available values: ") {
                Some(known) => format!("unknown key {name}\nhelp: the keys are {known}"),
                None => format!("unknown key {name}\nhelp: the documentation of the derive lists the keys"),
            },
        };
    }
    if let Some(name) = message.strip_prefix("Duplicate field ") {
        return format!("{name} is given twice\nhelp: keep one of them");
    }
    if message == "Unexpected meta-item format `literal`" {
        return "expected a key\nhelp: write a key, or `key = …` for one with a value".to_owned();
    }
    if let Some(form) = message.strip_prefix("Name-value arguments are not supported. Use ") {
        let form = form.replace("...", "…");
        return format!("the keys belong in parentheses\nhelp: write `{form}`");
    }
    let mut characters = message.chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}

/// Removes the path that darling appends: ` at key/inner_key`.
fn without_location(message: &str) -> &str {
    match message.rsplit_once(" at ") {
        Some((text, location))
            if !location.is_empty()
                && location.chars().all(|c| c.is_ascii_alphanumeric() || "_/[]".contains(c)) =>
        {
            text
        }
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use darling::{FromAttributes, FromMeta};
    use syn::{Attribute, parse_quote};

    use super::Diagnostics;
    use crate::common::meta::{Keyed, Text, Word};

    #[derive(Debug, Default, FromAttributes)]
    #[darling(attributes(attr), default)]
    struct Few {
        logical: Option<Text>,
        picklist: Word,
        key: Keyed<Inner>,
        #[darling(multiple)]
        keys: Vec<Keyed<Inner>>,
    }

    #[derive(Debug, Default, Clone, FromMeta)]
    #[darling(default)]
    struct Inner {
        columns: Option<Text>,
        name: Option<Text>,
    }

    /// A receiver with so many keys that darling lists none of them.
    #[derive(Debug, Default, FromAttributes)]
    #[darling(attributes(attr), default)]
    struct Many {
        one: Word,
        two: Word,
        three: Word,
        four: Word,
        five: Word,
        six: Word,
        seven: Word,
        eight: Word,
        nine: Word,
        ten: Word,
    }

    /// Returns the messages for an attribute with a mistake, as a user sees them.
    fn messages<T: FromAttributes>(attr: Attribute) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        assert!(diagnostics.handle(T::from_attributes(&[attr])).is_none());
        diagnostics.errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_unknown_key_comes_with_the_likely_one() {
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr(picklst)])),
            ["unknown key `picklst`\nhelp: did you mean `picklist`?"]
        );
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr(key(column = "a"), keys(column = "a"))])),
            ["unknown key `column`\nhelp: did you mean `columns`?"; 2]
        );
    }

    #[test]
    fn an_unknown_key_that_looks_like_none_comes_with_all_of_them() {
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr(zz)])),
            ["unknown key `zz`\nhelp: the keys are `key`, `keys`, `logical`, `picklist`"]
        );
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr(key(zz), keys(zz))])),
            ["unknown key `zz`\nhelp: the keys are `columns`, `name`"; 2]
        );
        assert_eq!(
            messages::<Many>(parse_quote!(#[attr(zz)])),
            ["unknown key `zz`\nhelp: the documentation of the derive lists the keys"]
        );
    }

    #[test]
    fn a_key_is_given_once() {
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr(logical = "a", logical = "b", key(name = "a", name = "b"))])),
            [
                "`logical` is given twice\nhelp: keep one of them",
                "`name` is given twice\nhelp: keep one of them"
            ]
        );
    }

    #[test]
    fn what_is_no_key_comes_with_the_form_of_one() {
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr("new_thing")])),
            ["expected a key\nhelp: write a key, or `key = …` for one with a value"]
        );
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr = "new_thing"])),
            ["the keys belong in parentheses\nhelp: write `#[attr(…)]`"]
        );
    }

    #[test]
    fn messages_of_ours_pass_unchanged_wherever_they_arose() {
        assert_eq!(
            messages::<Few>(parse_quote!(#[attr(logical = 1, keys(name = 1))])),
            [
                "`logical` takes a string\nhelp: write `logical = \"…\"`",
                "`name` takes a string\nhelp: write `name = \"…\"`"
            ]
        );
    }

    #[test]
    fn messages_of_syn_begin_with_a_small_letter() {
        assert_eq!(messages::<Few>(parse_quote!(#[attr(logical picklist)])), ["expected `,`"]);
    }
}
