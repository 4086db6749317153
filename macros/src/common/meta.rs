//! The values that keys take. The error of each says what the key expects.

use darling::{Error, FromMeta, Result};
use proc_macro2::Span;
use quote::ToTokens;
use syn::parse::Parse;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprUnary, Lit, Meta, UnOp};

/// A value, and where its key was written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keyed<T> {
    pub(crate) key: Option<Span>,
    pub(crate) value: T,
}

impl<T> Keyed<T> {
    pub(crate) fn span(&self) -> Span {
        self.key.unwrap_or_else(Span::call_site)
    }
}

/// A key that takes arguments in parentheses, all of them optional: `string`, `string(max_length = 100)`.
impl<T: FromMeta + Default> FromMeta for Keyed<T> {
    fn from_meta(item: &Meta) -> Result<Self> {
        let value = match item {
            Meta::Path(_) => T::default(),
            Meta::List(_) => T::from_meta(item)?,
            Meta::NameValue(pair) => {
                let name = key_name(item);
                return Err(wrong(
                    &pair.value,
                    format!("`{name}` takes no value"),
                    format!("write `{name}` or `{name}(…)`"),
                ));
            }
        };
        Ok(Self { key: Some(item.path().span()), value })
    }
}

/// A key that is a word and nothing more: `picklist`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Word {
    key: Option<Span>,
}

impl Word {
    pub(crate) fn span(&self) -> Option<Span> {
        self.key
    }

    pub(crate) fn is_given(&self) -> bool {
        self.key.is_some()
    }
}

impl FromMeta for Word {
    fn from_meta(item: &Meta) -> Result<Self> {
        match item {
            Meta::Path(path) => Ok(Self { key: Some(path.span()) }),
            Meta::List(_) | Meta::NameValue(_) => {
                let name = key_name(item);
                Err(wrong(
                    item,
                    format!("`{name}` takes neither value nor arguments"),
                    format!("write `{name}`"),
                ))
            }
        }
    }

    fn from_none() -> Option<Self> {
        Some(Self::default())
    }
}

/// A string.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
}

impl Text {
    /// Reads the string as code.
    pub(crate) fn parse<T: Parse>(&self) -> syn::Result<T> {
        syn::LitStr::new(&self.value, self.span).parse()
    }

    fn from_expr_named(name: &str, expr: &Expr) -> Result<Self> {
        match ungroup(expr) {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if !text.value().trim().is_empty() => {
                Ok(Self { value: text.value(), span: text.span() })
            }
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                Err(wrong(text, format!("`{name}` is empty"), format!("write `{name} = \"…\"`")))
            }
            _ => Err(wrong(expr, format!("`{name}` takes a string"), format!("write `{name} = \"…\"`"))),
        }
    }
}

impl FromMeta for Text {
    fn from_meta(item: &Meta) -> Result<Self> {
        let name = key_name(item);
        Self::from_expr_named(&name, value_of(item, &name, "\"…\"")?)
    }
}

/// A number as it was written: a literal, with or without a minus sign, or a string that contains one.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    /// The digits in decimal notation, without underscores or suffix.
    pub(crate) digits: String,
    pub(crate) span: Span,
}

impl FromMeta for Number {
    fn from_meta(item: &Meta) -> Result<Self> {
        let name = key_name(item);
        let expr = value_of(item, &name, "100")?;
        let digits = digits_of(ungroup(expr)).ok_or_else(|| {
            wrong(expr, format!("`{name}` takes a number"), format!("write `{name} = 100`"))
        })?;
        Ok(Self { digits, span: literal_span(ungroup(expr)) })
    }
}

/// A type, as `of = SessionEvent` or `of = "SessionEvent"`.
#[derive(Debug, Clone)]
pub(crate) struct TypeRef(pub(crate) syn::Type);

impl FromMeta for TypeRef {
    fn from_meta(item: &Meta) -> Result<Self> {
        let name = key_name(item);
        let expr = value_of(item, &name, "Table")?;
        let parsed = match ungroup(expr) {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.parse().ok(),
            other => syn::parse2(other.to_token_stream()).ok(),
        };
        parsed
            .map(Self)
            .ok_or_else(|| wrong(expr, format!("`{name}` takes a type"), format!("write `{name} = Table`")))
    }
}

/// An identifier, as `create = NewEvent` or `create = "NewEvent"`.
#[derive(Debug, Clone)]
pub(crate) struct Name(pub(crate) syn::Ident);

impl FromMeta for Name {
    fn from_meta(item: &Meta) -> Result<Self> {
        let name = key_name(item);
        let expr = value_of(item, &name, "Name")?;
        let parsed = match ungroup(expr) {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.parse().ok(),
            other => syn::parse2(other.to_token_stream()).ok(),
        };
        parsed
            .map(Self)
            .ok_or_else(|| wrong(expr, format!("`{name}` takes a name"), format!("write `{name} = Name`")))
    }
}

/// A list of names, as `columns(a, b)`; strings are taken too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(pub(crate) Vec<Text>);

impl FromMeta for Names {
    fn from_meta(item: &Meta) -> Result<Self> {
        let name = key_name(item);
        let Meta::List(list) = item else {
            return Err(wrong(
                item,
                format!("`{name}` takes a list of names"),
                format!("write `{name}(first, second)`"),
            ));
        };
        let items = darling::ast::NestedMeta::parse_meta_list(list.tokens.clone()).map_err(Error::from)?;
        let mut names = Vec::new();
        let mut errors = Error::accumulator();
        for each in items {
            match &each {
                darling::ast::NestedMeta::Meta(Meta::Path(path)) if path.get_ident().is_some() => {
                    let value = path.to_token_stream().to_string();
                    names.push(Text { value: value.trim_start_matches("r#").to_owned(), span: path.span() });
                }
                darling::ast::NestedMeta::Lit(Lit::Str(text)) => {
                    names.push(Text { value: text.value(), span: text.span() });
                }
                other => errors.push(wrong(
                    other,
                    format!("`{name}` takes names"),
                    format!("write `{name}(first, second)`"),
                )),
            }
        }
        errors.finish_with(Self(names))
    }
}

/// A name for the targets of a lookup, its navigation property or its relationship: one for all targets, or one for each
/// variant of a polymorphic lookup's enum.
#[derive(Debug, Clone)]
pub(crate) enum Nav {
    One(Text),
    PerTarget { key: Span, targets: Vec<(syn::Ident, Text)> },
}

impl Nav {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::One(text) => text.span,
            Self::PerTarget { key, .. } => *key,
        }
    }
}

impl FromMeta for Nav {
    fn from_meta(item: &Meta) -> Result<Self> {
        let Meta::List(list) = item else { return Text::from_meta(item).map(Self::One) };
        let key = key_name(item);
        let items = darling::ast::NestedMeta::parse_meta_list(list.tokens.clone()).map_err(Error::from)?;
        let mut targets = Vec::new();
        let mut errors = Error::accumulator();
        for each in &items {
            let parsed = match each {
                darling::ast::NestedMeta::Meta(Meta::NameValue(pair)) => match pair.path.get_ident() {
                    Some(variant) => Text::from_expr_named(&variant.to_string(), &pair.value)
                        .map(|name| (variant.clone(), name)),
                    None => Err(nav_form(&key, each)),
                },
                _ => Err(nav_form(&key, each)),
            };
            targets.extend(errors.handle(parsed));
        }
        errors.finish_with(Self::PerTarget { key: list.path.span(), targets })
    }
}

fn nav_form(key: &str, at: &impl Spanned) -> Error {
    let what = if key == "nav" { "navigation property" } else { "schema name" };
    wrong(
        at,
        format!("`{key}(…)` takes a {what} for each variant of the lookup's enum"),
        format!("write `{key}(Account = \"…_account\", Contact = \"…_contact\")`"),
    )
}

/// Returns the name of a key as it was typed.
fn key_name(item: &Meta) -> String {
    item.path().to_token_stream().to_string()
}

fn value_of<'m>(item: &'m Meta, name: &str, example: &str) -> Result<&'m Expr> {
    match item {
        Meta::NameValue(pair) => Ok(&pair.value),
        Meta::Path(_) | Meta::List(_) => {
            Err(wrong(item, format!("`{name}` needs a value"), format!("write `{name} = {example}`")))
        }
    }
}

pub(crate) fn wrong(at: &impl Spanned, message: impl AsRef<str>, help: impl AsRef<str>) -> Error {
    Error::custom(format!("{}\nhelp: {}", message.as_ref(), help.as_ref())).with_span(&at.span())
}

/// Takes an expression out of invisible groups: `macro_rules!` passes on literals in them.
pub(crate) fn ungroup(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Group(group) => &group.expr,
            Expr::Paren(paren) => &paren.expr,
            _ => return expr,
        };
    }
}

pub(crate) fn digits_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            let text = text.value();
            is_plain(&text).then_some(text)
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => {
            digits_of(ungroup(expr)).map(|digits| format!("-{digits}"))
        }
        _ => None,
    }
}

/// Returns whether a text is a number in plain notation, such as `-12.5`.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Returns the span of a number's literal. The span of the whole expression `-5` would mark the sign only.
fn literal_span(expr: &Expr) -> Span {
    match expr {
        Expr::Unary(ExprUnary { expr, .. }) => literal_span(ungroup(expr)),
        other => other.span(),
    }
}
