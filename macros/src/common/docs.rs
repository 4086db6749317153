//! The doc comments of users, as they go to the items that are generated from a field or a struct.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token};

use super::meta::ungroup;
use super::names;

/// The doc comment of a field or a struct.
#[derive(Debug, Default)]
pub(crate) struct Docs {
    parts: Vec<Part>,
    /// Where the comment begins.
    span: Option<Span>,
    is_hidden: bool,
    aliases: Vec<LitStr>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    /// A macro call, such as `include_str!("…")`, that only the compiler can expand.
    Macro(TokenStream),
}

impl Docs {
    /// Reads the `doc` attributes of a field, or of a struct named `owner`.
    pub(crate) fn read(attrs: &[Attribute], owner: &str) -> Self {
        let mut docs = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
            match &attr.meta {
                Meta::NameValue(pair) => {
                    docs.span.get_or_insert(pair.value.span());
                    docs.add(ungroup(&pair.value));
                }
                Meta::List(_) => docs.read_words(attr),
                Meta::Path(_) => {}
            }
        }
        docs.tidy(owner);
        docs
    }

    /// Adds a line of a comment to the lines above it.
    fn add(&mut self, value: &Expr) {
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value else {
            self.parts.push(Part::Macro(value.to_token_stream()));
            return;
        };
        let text = without_stars(&text.value());
        if let Some(Part::Text(above)) = self.parts.last_mut() {
            above.push('\n');
            above.push_str(&text);
        } else {
            self.parts.push(Part::Text(text));
        }
    }

    /// Reads `#[doc(hidden)]` and `#[doc(alias = "…")]`; all else is about the field itself.
    fn read_words(&mut self, attr: &Attribute) {
        // The compiler reports mistakes of these attributes.
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("hidden") {
                self.is_hidden = true;
            } else if meta.path.is_ident("alias") && meta.input.peek(Token![=]) {
                self.aliases.push(meta.value()?.parse()?);
            } else if meta.path.is_ident("alias") && meta.input.peek(syn::token::Paren) {
                let list;
                syn::parenthesized!(list in meta.input);
                self.aliases.extend(list.parse_terminated(<LitStr as syn::parse::Parse>::parse, Token![,])?);
            } else if meta.input.peek(Token![=]) {
                meta.value()?.parse::<Expr>()?;
            } else if meta.input.peek(syn::token::Paren) {
                let list;
                syn::parenthesized!(list in meta.input);
                list.parse::<TokenStream>()?;
            }
            Ok(())
        });
    }

    fn tidy(&mut self, owner: &str) {
        let indents = self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => text.lines().filter(|line| !line.trim().is_empty()).map(indent).min(),
            Part::Macro(_) => None,
        });
        let common = indents.min().unwrap_or_default();
        for part in &mut self.parts {
            if let Part::Text(text) = part {
                *text = with_self_named(&without_examples(text, common), owner);
            }
        }
        self.parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
    }

    /// Returns the attributes of an item: a sentence of its own, and after it the user's comment or, without one, `or`.
    pub(crate) fn with_sentence(&self, sentence: &str, or: Option<&str>) -> TokenStream {
        let span = names::at(self.span.unwrap_or_else(Span::call_site));
        let hidden = self.is_hidden.then(|| quote!(#[doc(hidden)]));
        let text = match (&self.parts[..], or) {
            ([], None) => sentence.to_owned(),
            ([], Some(text)) => format!("{sentence}\n\n{text}"),
            ([Part::Text(text)], _) => format!("{sentence}\n\n{text}"),
            (parts, _) => {
                let parts = parts.iter().map(|part| match part {
                    Part::Text(text) => LitStr::new(text, span).into_token_stream(),
                    Part::Macro(call) => call.clone(),
                });
                // The compiler puts a line break between two attributes: with this one it is a paragraph.
                let sentence = format!("{sentence}\n");
                return quote_spanned!(span=> #[doc = #sentence] #(#[doc = #parts])* #hidden);
            }
        };
        let text = LitStr::new(&text, span);
        quote_spanned!(span=> #[doc = #text] #hidden)
    }

    /// Returns the aliases for an item that has the name of the field, if there are any.
    pub(crate) fn aliases(&self) -> Option<TokenStream> {
        let aliases = &self.aliases;
        (!aliases.is_empty()).then(|| quote!(#(#[doc(alias = #aliases)])*))
    }
}

/// Returns a text of the annotations as Markdown that shows exactly these characters.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !escaped.is_empty() {
            escaped.push('\n');
        }
        for letter in line.chars() {
            // rustdoc warns of an address that is no link.
            let is_address = letter == '/' && escaped.ends_with(':');
            if is_address || r"\`*_[]<>#~|&$".contains(letter) {
                escaped.push('\\');
            }
            escaped.push(letter);
        }
    }
    escaped
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Takes away the stars of a comment in the form `/** … */`, which only the compiler's own reading takes away.
fn without_stars(text: &str) -> String {
    let inner = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let mut columns = inner.map(|line| line.trim_start().starts_with('*').then(|| indent(line)));
    let Some(Some(column)) = columns.next() else { return text.to_owned() };
    // Stars in the first column are a list.
    if column == 0 || columns.any(|other| other != Some(column)) {
        return text.to_owned();
    }
    let lines = text.lines().enumerate().map(|(index, line)| match index {
        0 => line,
        _ => line.get(column + 1..).unwrap_or_default(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the text without its common indent, up to its first Rust code block: as a doctest of each generated item, an
/// example would run many times. The definitions of links stay.
fn without_examples(text: &str, common: usize) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut open: Option<&str> = None;
    let mut all = text.lines().map(|line| line.get(common..).unwrap_or_default().trim_end());
    for line in all.by_ref() {
        let fence = ["```", "~~~"].into_iter().find(|fence| line.trim_start().starts_with(fence));
        match (open, fence) {
            (None, Some(fence)) => {
                if is_rust(line.trim_start().trim_start_matches(['`', '~'])) {
                    while lines.last().is_some_and(|last| last.is_empty() || last.starts_with('#')) {
                        lines.pop();
                    }
                    break;
                }
                open = Some(fence);
            }
            (Some(fence), Some(other)) if fence == other => open = None,
            _ => {}
        }
        lines.push(line);
    }
    let definitions: Vec<_> = all.filter(|line| line.starts_with('[') && line.contains("]: ")).collect();
    if !definitions.is_empty() {
        lines.push("");
        lines.extend(definitions);
    }
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Whether rustdoc takes a code block with these words for Rust.
fn is_rust(words: &str) -> bool {
    words.split([',', ' ', '\t']).map(str::trim).all(|word| {
        let is_code = |digits: &str| digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
        matches!(
            word,
            "" | "rust"
                | "ignore"
                | "should_panic"
                | "no_run"
                | "compile_fail"
                | "test_harness"
                | "standalone_crate"
        ) || word.starts_with("edition")
            || word.starts_with("ignore-")
            || word.strip_prefix('E').is_some_and(is_code)
    })
}

/// Names the struct where the comment says `Self` in a link or in code: in a draft, `Self` is the draft.
fn with_self_named(text: &str, owner: &str) -> String {
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("Self") {
        named.push_str(before);
        let begins = before.ends_with(['[', '`', '(', '@', '<']) || before.ends_with("]: ");
        let is_path = after.starts_with("::") && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let ends = after.is_empty() || after.starts_with([']', '`', ')', '>', '\n']);
        named.push_str(if is_path || (begins && ends) { owner } else { "Self" });
        rest = after;
    }
    named + rest
}

#[cfg(test)]
mod tests {
    use syn::{Attribute, parse_quote};

    use super::{Docs, escape};

    /// The comment as it goes on after the sentence of an item.
    fn copied(attrs: &[Attribute]) -> String {
        let tokens = Docs::read(attrs, "Thing").with_sentence("Sets it.", None);
        let item: syn::ItemStruct = parse_quote!(#tokens struct Item;);
        let docs = item.attrs.iter().filter_map(|attr| match &attr.meta {
            syn::Meta::NameValue(pair) => Some(match &pair.value {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value(),
                other => quote::quote!(#other).to_string(),
            }),
            _ => None,
        });
        docs.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lines_are_one_text_after_the_sentence() {
        let attrs: Vec<Attribute> = vec![
            parse_quote!(#[doc = " The name"]),
            parse_quote!(#[doc = " of the thing."]),
            parse_quote!(#[doc = ""]),
            parse_quote!(#[doc = "   Indented."]),
        ];
        assert_eq!(copied(&attrs), "Sets it.\n\nThe name\nof the thing.\n\n  Indented.");
        assert_eq!(copied(&[]), "Sets it.");
        assert_eq!(copied(&[parse_quote!(#[doc = " "])]), "Sets it.");
    }

    // What the compiler hands over for `/** … */` has the stars in it.
    #[test]
    fn comments_in_blocks_lose_their_stars() {
        assert_eq!(
            copied(&[parse_quote!(#[doc = "\n     * The name.\n     *\n     * * a list\n     "])]),
            "Sets it.\n\nThe name.\n\n* a list"
        );
        assert_eq!(copied(&[parse_quote!(#[doc = " The name. "])]), "Sets it.\n\nThe name.");
        assert_eq!(
            copied(&[parse_quote!(#[doc = "A list:\n* one\n* two"])]),
            "Sets it.\n\nA list:\n* one\n* two"
        );
    }

    #[test]
    fn macros_stay_calls() {
        let attrs: Vec<Attribute> =
            vec![parse_quote!(#[doc = " The name."]), parse_quote!(#[doc = include_str!("name.md")])];
        assert_eq!(copied(&attrs), "Sets it.\n\nThe name.\ninclude_str ! (\"name.md\")");
    }

    #[test]
    fn hidden_fields_have_hidden_setters_and_aliases_go_along() {
        let docs = Docs::read(&[parse_quote!(#[doc(hidden, alias = "title")])], "Thing");
        assert_eq!(
            docs.with_sentence("Sets it.", None).to_string(),
            "# [doc = \"Sets it.\"] # [doc (hidden)]"
        );
        assert_eq!(docs.aliases().unwrap_or_default().to_string(), "# [doc (alias = \"title\")]");
        let docs = Docs::read(&[parse_quote!(#[doc(cfg(unix), alias("a", "b"))])], "Thing");
        assert_eq!(
            docs.aliases().unwrap_or_default().to_string(),
            "# [doc (alias = \"a\")] # [doc (alias = \"b\")]"
        );
    }

    #[test]
    fn examples_stay_with_the_field() {
        assert_eq!(
            copied(&[parse_quote!(
                #[doc = "The [name].\n\n```text\n# a\n```\n\n# Example\n\n```\nassert!(true);\n```\n\n[name]: Name"]
            )]),
            "Sets it.\n\nThe [name].\n\n```text\n# a\n```\n\n[name]: Name"
        );
    }

    #[test]
    fn self_is_the_struct() {
        assert_eq!(
            copied(&[
                parse_quote!(#[doc = "Self-made [`Self::name`], of [Self] and `Self`; see [it].\n\n[it]: Self"])
            ]),
            "Sets it.\n\nSelf-made [`Thing::name`], of [Thing] and `Thing`; see [it].\n\n[it]: Thing"
        );
    }

    #[test]
    fn texts_of_annotations_are_no_markdown() {
        assert_eq!(
            escape("Rate [%] <b>*a*</b>\n    https://a.example"),
            "Rate \\[%\\] \\<b\\>\\*a\\*\\</b\\>\nhttps:\\//a.example"
        );
    }
}
