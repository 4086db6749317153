//! What was written.

use darling::{FromAttributes, FromMeta};
use syn::spanned::Spanned;
use syn::{Expr, ExprPath, Ident, Meta, Path};

use crate::common::meta::{self, Keyed, Text, Word, wrong};
use crate::common::translation::TranslationArgs;

/// `#[option(…)]` on the enum.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(option), default)]
pub(super) struct SetAttrs {
    #[darling(rename = "crate")]
    pub(super) krate: Option<Text>,
}

/// `#[option(…)]` on a variant.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(option), default)]
pub(super) struct OptionAttrs {
    pub(super) label: Option<Text>,
    pub(super) unknown: Word,
    pub(super) invariant: Option<Text>,
    pub(super) default_status: Option<OptionRef>,
    pub(super) state: Option<OptionRef>,
    #[darling(multiple)]
    pub(super) translation: Vec<Keyed<TranslationArgs>>,
}

/// An option of another set: `State::Active`, or its integer.
#[derive(Debug, Clone)]
pub(super) enum OptionRef {
    Variant { set: Path, variant: Ident },
    Value { digits: String, span: proc_macro2::Span },
}

impl OptionRef {
    pub(super) fn span(&self) -> proc_macro2::Span {
        match self {
            Self::Variant { variant, .. } => variant.span(),
            Self::Value { span, .. } => *span,
        }
    }
}

impl FromMeta for OptionRef {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        let name = quote::ToTokens::to_token_stream(item.path()).to_string();
        let (set, variant) = if name == "state" { ("State", "Active") } else { ("StatusReason", "Active") };
        let message = format!("`{name}` takes an option of the other set");
        let help = format!("write `{name} = {set}::{variant}`, or its integer");
        let Meta::NameValue(pair) = item else { return Err(wrong(item, message, help)) };
        let expr = meta::ungroup(&pair.value);
        if let Expr::Path(ExprPath { path, qself: None, .. }) = expr
            && path.segments.len() > 1
        {
            let mut set = path.clone();
            if let Some(variant) = set.segments.pop().map(|last| last.ident) {
                set.segments.pop_punct();
                return Ok(Self::Variant { set, variant });
            }
        }
        match meta::digits_of(expr) {
            Some(digits) if digits.parse::<i32>().is_ok() => Ok(Self::Value { digits, span: expr.span() }),
            _ => Err(wrong(expr, message, help)),
        }
    }
}
