//! What was written: one receiver for each place where an attribute can be.
//!
//! Every key is optional here. Which keys are required is a rule, and rules are in `check`.

use darling::ast::NestedMeta;
use darling::util::path_to_string;
use darling::{Error, FromAttributes, FromMeta};
use proc_macro2::Span;

use super::kind::{self, KindSpec, Takes};
use crate::common::meta::{self, Keyed, Name, Names, Nav, Number, Text, TypeRef, Word};
use crate::common::translation::TranslationArgs;

/// `#[entity(…)]` on the struct.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(entity), default)]
pub(super) struct EntityAttrs {
    pub(super) logical: Option<Text>,
    pub(super) set: Option<Text>,
    pub(super) schema: Option<Text>,
    pub(super) collection_schema: Option<Text>,
    pub(super) collection_logical: Option<Text>,
    pub(super) display: Option<Text>,
    pub(super) display_collection: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) solution: Option<Text>,
    pub(super) ownership: Option<Text>,
    pub(super) activity: Word,
    pub(super) table_type: Option<Text>,
    pub(super) intersect: Word,
    pub(super) read_only: Word,
    pub(super) change_tracking: Option<Switch>,
    pub(super) optimistic_concurrency: Option<Switch>,
    #[darling(multiple)]
    pub(super) translation: Vec<Keyed<TranslationArgs>>,
    pub(super) business_process_flow: Word,
    #[darling(multiple)]
    pub(super) key: Vec<Keyed<KeyArgs>>,
    #[darling(multiple)]
    pub(super) relationship: Vec<Keyed<RelationshipArgs>>,
    pub(super) of: Option<TypeRef>,
    pub(super) create: Option<Name>,
    pub(super) update: Option<Name>,
    #[darling(rename = "crate")]
    pub(super) krate: Option<Text>,
}

/// `key(name = "…", columns(a, b))`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct KeyArgs {
    pub(super) name: Option<Text>,
    pub(super) columns: Option<Names>,
}

/// `relationship(many_to_one, schema = "…", column = "…", nav = "…", table = "…", on_delete = "…")`, or
/// `relationship(many_to_many, schema = "…", nav = "…", table = "…", intersect = "…", related = Table)`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct RelationshipArgs {
    pub(super) many_to_one: Word,
    pub(super) one_to_many: Word,
    pub(super) many_to_many: Word,
    pub(super) schema: Option<Text>,
    pub(super) column: Option<Text>,
    pub(super) nav: Option<Text>,
    pub(super) table: Option<Text>,
    pub(super) key: Option<Text>,
    pub(super) on_delete: Option<Text>,
    pub(super) intersect: Option<Text>,
    pub(super) related: Option<TypeRef>,
    pub(super) name: Option<Name>,
}

/// `#[attr(…)]` on a field.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(attr), default)]
pub(super) struct FieldAttrs {
    pub(super) logical: Option<Text>,
    pub(super) schema: Option<Text>,
    pub(super) display: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) solution: Option<Text>,

    /// The field is no column.
    pub(super) skip: Word,

    /// The kinds; their words come from the table of kinds.
    #[darling(flatten)]
    pub(super) kinds: WrittenKinds,

    pub(super) primary_id: Word,
    pub(super) primary_name: Word,
    pub(super) read_only: Word,
    pub(super) create_only: Word,
    pub(super) update_only: Word,
    pub(super) not_readable: Word,
    pub(super) localizable: Word,
    pub(super) form: Option<Switch>,
    pub(super) required: Option<Text>,
    pub(super) nav: Option<Nav>,
    pub(super) relationship: Option<Nav>,
    pub(super) on_delete: Option<Text>,
    pub(super) name_of: Option<Text>,
    pub(super) yomi_name_of: Option<Text>,
    pub(super) type_of: Option<Text>,
    pub(super) attribute_of: Option<Text>,
    pub(super) no_property: Word,
    pub(super) computed: Option<Text>,
    pub(super) auto_number: Option<Text>,
    pub(super) secured: Word,
    pub(super) default: Option<DefaultArg>,
    pub(super) global_option_set: Option<Text>,
    pub(super) primary_image: Word,
    pub(super) hierarchical: Word,
    #[darling(multiple)]
    pub(super) translation: Vec<Keyed<TranslationArgs>>,
}

/// The value that a record starts with: `true`, or the integer of an option.
#[derive(Debug, Clone)]
pub(super) struct DefaultArg {
    pub(super) value: DefaultValue,
    pub(super) span: Span,
}

#[derive(Debug, Clone)]
pub(super) enum DefaultValue {
    Boolean(bool),
    /// The digits of an integer of 32 bits.
    Integer(String),
}

impl FromMeta for DefaultArg {
    fn from_meta(item: &syn::Meta) -> darling::Result<Self> {
        let (message, help) = (
            "`default` takes `true`, `false` or the integer of an option",
            "write `default = true` for a boolean, `default = 1` for a choice",
        );
        let syn::Meta::NameValue(pair) = item else { return Err(meta::wrong(item, message, help)) };
        let expr = meta::ungroup(&pair.value);
        let span = syn::spanned::Spanned::span(expr);
        if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Bool(value), .. }) = expr {
            return Ok(Self { value: DefaultValue::Boolean(value.value), span });
        }
        match meta::digits_of(expr) {
            Some(digits) if digits.parse::<i32>().is_ok() => {
                Ok(Self { value: DefaultValue::Integer(digits), span })
            }
            _ => Err(meta::wrong(expr, message, help)),
        }
    }
}

/// The kinds among the keys of `#[attr(…)]`, in the order of the table of kinds.
#[derive(Debug, Default)]
pub(super) struct WrittenKinds(pub(super) Vec<WrittenKind>);

/// The word of a kind, with its arguments.
#[derive(Debug)]
pub(super) struct WrittenKind {
    pub(super) spec: &'static KindSpec,
    pub(super) key: Span,
    pub(super) arguments: WrittenArguments,
}

#[derive(Debug)]
pub(super) enum WrittenArguments {
    None,
    Text(TextArgs),
    Integer(IntegerArgs),
    Limits(LimitsArgs),
    Labels(LabelsArgs),
    DateTime(DateTimeArgs),
}

/// Receives every key that no other field of the receiver takes.
impl FromMeta for WrittenKinds {
    fn from_list(items: &[NestedMeta]) -> darling::Result<Self> {
        let mut kinds: Vec<WrittenKind> = Vec::new();
        let mut errors = Error::accumulator();
        for item in items {
            let word = match item {
                NestedMeta::Meta(meta) => path_to_string(meta.path()),
                NestedMeta::NameValueInvalidExpr(pair) => path_to_string(&pair.path),
                // The receiver reports literals itself.
                NestedMeta::Lit(_) => continue,
            };
            let Some(spec) = kind::with_word(&word) else {
                let words: Vec<_> = kind::words().collect();
                errors.push(Error::unknown_field_with_alts(&word, &words).with_span(item));
                continue;
            };
            if kinds.iter().any(|kind| kind.spec.word == word) {
                errors.push(Error::duplicate_field(&word).with_span(item));
                continue;
            }
            let arguments = WrittenArguments::read(spec.takes, item);
            let arguments = arguments.map_err(|error| error.with_span(item).at(&word));
            kinds.extend(errors.handle(arguments).map(|(key, arguments)| WrittenKind {
                spec,
                key,
                arguments,
            }));
        }
        kinds.sort_by_key(|kind| kind::words().position(|word| word == kind.spec.word));
        errors.finish_with(Self(kinds))
    }
}

impl WrittenArguments {
    /// Returns the arguments of a kind without parentheses.
    pub(super) fn none(takes: Takes) -> Self {
        match takes {
            Takes::Nothing => Self::None,
            Takes::Text { .. } => Self::Text(TextArgs::default()),
            Takes::Integer => Self::Integer(IntegerArgs::default()),
            Takes::Float { .. } | Takes::Exact { .. } => Self::Limits(LimitsArgs::default()),
            Takes::Labels => Self::Labels(LabelsArgs::default()),
            Takes::DateTime { .. } => Self::DateTime(DateTimeArgs::default()),
        }
    }

    /// Reads a kind, with the span of its word.
    fn read(takes: Takes, item: &NestedMeta) -> darling::Result<(Span, Self)> {
        fn keyed<T: FromMeta + Default>(
            item: &NestedMeta,
            arguments: fn(T) -> WrittenArguments,
        ) -> darling::Result<(Span, WrittenArguments)> {
            let keyed = Keyed::<T>::from_nested_meta(item)?;
            Ok((keyed.span(), arguments(keyed.value)))
        }
        match takes {
            Takes::Nothing => {
                let word = Word::from_nested_meta(item)?;
                Ok((word.span().unwrap_or_else(Span::call_site), Self::None))
            }
            Takes::Text { .. } => keyed(item, Self::Text),
            Takes::Integer => keyed(item, Self::Integer),
            Takes::Float { .. } | Takes::Exact { .. } => keyed(item, Self::Limits),
            Takes::Labels => keyed(item, Self::Labels),
            Takes::DateTime { .. } => keyed(item, Self::DateTime),
        }
    }
}

/// `string(max_length = 100, format = "email")`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct TextArgs {
    pub(super) max_length: Option<Number>,
    pub(super) format: Option<Text>,
}

/// `integer(min = 0, max = 100, format = "duration")`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct IntegerArgs {
    pub(super) min: Option<Number>,
    pub(super) max: Option<Number>,
    pub(super) format: Option<Text>,
}

/// `decimal(min = 0, max = 100, precision = 2)`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct LimitsArgs {
    pub(super) min: Option<Number>,
    pub(super) max: Option<Number>,
    pub(super) precision: Option<Number>,
}

/// `boolean(true_label = "Yes", false_label = "No")`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct LabelsArgs {
    pub(super) true_label: Option<Text>,
    pub(super) false_label: Option<Text>,
}

/// `datetime(behavior = "user_local", format = "date_only")`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(super) struct DateTimeArgs {
    pub(super) behavior: Option<Text>,
    pub(super) format: Option<Text>,
}

/// `form = false`
#[derive(Debug, Clone)]
pub(super) struct Switch(pub(super) bool, pub(super) Span);

impl FromMeta for Switch {
    fn from_meta(item: &syn::Meta) -> darling::Result<Self> {
        let name = quote::ToTokens::to_token_stream(item.path()).to_string();
        let (message, help) =
            (format!("`{name}` takes `true` or `false`"), format!("write `{name} = false`"));
        let syn::Meta::NameValue(pair) = item else { return Err(meta::wrong(item, message, help)) };
        match meta::ungroup(&pair.value) {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Bool(value), .. }) => {
                Ok(Self(value.value, value.span))
            }
            other => Err(meta::wrong(other, message, help)),
        }
    }
}

/// `#[expand(nav = "…")]` on a field.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(expand), default)]
pub(super) struct ExpandAttrs {
    pub(super) nav: Option<Text>,
}

impl FieldAttrs {
    /// Returns the span of the first key that only a column has.
    pub(super) fn key_of_a_column(&self) -> Option<Span> {
        let logical = self.logical.as_ref().map(|text| text.span);
        let kind = || self.kinds.0.first().map(|kind| kind.key);
        let other = || self.definition_only().first().map(|(_, span)| *span);
        logical.or_else(kind).or_else(|| self.primary_id.span()).or_else(other)
    }

    /// Returns the rest of the keys that only the definition of the table can have.
    fn further_facts(&self) -> impl Iterator<Item = (&'static str, Span)> {
        let words = [
            ("no_property", &self.no_property),
            ("secured", &self.secured),
            ("primary_image", &self.primary_image),
            ("hierarchical", &self.hierarchical),
        ];
        let texts = [
            ("attribute_of", &self.attribute_of),
            ("computed", &self.computed),
            ("auto_number", &self.auto_number),
            ("global_option_set", &self.global_option_set),
        ];
        let words = words.into_iter().filter_map(|(name, word)| Some((name, word.span()?)));
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?.span)));
        let default = self.default.as_ref().map(|default| ("default", default.span));
        let translation = self.translation.first().map(|keyed| ("translation", keyed.span()));
        words.chain(texts).chain(default).chain(translation)
    }

    /// Returns the keys that only the definition of the table can have, with the span of each.
    pub(super) fn definition_only(&self) -> Vec<(&'static str, Span)> {
        let words = [
            ("primary_name", &self.primary_name),
            ("read_only", &self.read_only),
            ("create_only", &self.create_only),
            ("update_only", &self.update_only),
            ("not_readable", &self.not_readable),
            ("localizable", &self.localizable),
        ];
        let texts = [
            ("schema", &self.schema),
            ("display", &self.display),
            ("description", &self.description),
            ("solution", &self.solution),
            ("required", &self.required),
            ("on_delete", &self.on_delete),
            ("name_of", &self.name_of),
            ("yomi_name_of", &self.yomi_name_of),
            ("type_of", &self.type_of),
        ];
        let navs = [("nav", &self.nav), ("relationship", &self.relationship)];
        let nav = navs.into_iter().filter_map(|(name, nav)| Some((name, nav.as_ref()?.span())));
        let words = words.into_iter().filter_map(|(name, word)| Some((name, word.span()?)));
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?.span)));
        words.chain(texts).chain(self.further_facts()).chain(nav).collect()
    }
}
