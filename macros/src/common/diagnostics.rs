//! All errors of one derive, shown in one compile.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects errors. Nothing that validates returns early: every rule has its say.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    errors: Vec<syn::Error>,
}

impl Diagnostics {
    /// Adds an error at a token.
    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push(syn::Error::new(span, message.into()));
    }

    /// Adds an error with the right form to write instead.
    pub(crate) fn help(&mut self, span: Span, message: impl AsRef<str>, help: impl AsRef<str>) {
        self.error(span, format!("{}\nhelp: {}", message.as_ref(), help.as_ref()));
    }

    /// Takes what a darling receiver made of its node; its errors are added in the house's own words.
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

/// Puts darling's messages into the form of ours: lower case, no trace of where in the receiver it was, the right form
/// on a line of its own.
fn reword(message: &str) -> String {
    let message = without_location(message);
    if let Some(rest) = message.strip_prefix("Unknown field: ") {
        let (name, hint) = rest.split_once(". ").unwrap_or((rest, ""));
        return match hint.strip_prefix("Did you mean ").and_then(|hint| hint.strip_suffix('?')) {
            Some(known) => format!("unknown key {name}\nhelp: did you mean {known}?"),
            None => match hint.strip_prefix("Available values: ") {
                Some(known) => format!("unknown key {name}\nhelp: the keys are {known}"),
                None => format!("unknown key {name}\nhelp: the keys are in the annotation reference"),
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
        return format!("the keys stand in parentheses\nhelp: write `{form}`");
    }
    let mut characters = message.chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}

/// darling appends ` at key/inner_key`.
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
    use super::reword;

    #[test]
    fn messages_of_darling_take_the_form_of_ours() {
        assert_eq!(
            reword("Unknown field: `picklst`. Did you mean `picklist`?"),
            "unknown key `picklst`\nhelp: did you mean `picklist`?"
        );
        assert_eq!(
            reword("Unknown field: `zz`. Available values: `a`, `b` at string"),
            "unknown key `zz`\nhelp: the keys are `a`, `b`"
        );
        assert_eq!(reword("Duplicate field `logical`"), "`logical` is given twice\nhelp: keep one of them");
        assert_eq!(
            reword("Unknown field: `column`. Did you mean `columns`? at key[0]"),
            "unknown key `column`\nhelp: did you mean `columns`?"
        );
        assert_eq!(reword("`a` is b\nhelp: write `c` at key[0]/columns"), "`a` is b\nhelp: write `c`");
        assert_eq!(
            reword("Name-value arguments are not supported. Use #[attr(...)]"),
            "the keys stand in parentheses\nhelp: write `#[attr(…)]`"
        );
        assert_eq!(reword("expected `,`"), "expected `,`");
    }
}
