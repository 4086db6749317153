//! The facts of a table, as statics. The compiler validates what a const refers to again for each const that refers to it,
//! and does not for a static.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::super::attrs::DefaultValue;
use super::super::kind::{Arguments, Limits, Role};
use super::super::model::{Column, Entity, Relationship, RelationshipKind};
use super::super::words::TABLE;
use super::field_trait::facts_name;
use crate::common::meta::{Nav, Number, Text};
use crate::common::names;
use crate::common::translation;

/// Returns the table's metadata.
pub(super) fn consts(entity: &Entity) -> TokenStream {
    let columns = || entity.columns.iter().enumerate();
    let navigations = columns().filter_map(|(index, column)| navigation_const(index, column));
    let attributes = columns().map(|(index, column)| attribute(index, column));
    let keys = entity.keys().map(|(name, columns)| quote!(__dv::AlternateKey::new(#name, &[#(#columns),*])));
    let keys: Vec<_> = keys.collect();
    // An empty list has no const, so it costs no compile time.
    let keys_call = (!keys.is_empty()).then(|| quote!(.keys(&[#(#keys),*])));
    let relationships = columns()
        .flat_map(|(index, column)| relationships_of_column(entity, index, column))
        .chain(entity.relationships.iter().map(|each| relationship_of_struct(each, entity)));
    let relationships: Vec<_> = relationships.collect();
    let (relationships, relationships_call) = match relationships.is_empty() {
        true => (None, None),
        false => (
            Some(quote! {
                const __RELATIONSHIPS: &[__dv::RelationshipMetadata] = &__dv::relationships(&[#(#relationships),*]);
            }),
            Some(quote!(.relationships(__RELATIONSHIPS))),
        ),
    };
    let (table, count) = (table(entity), entity.columns.len());
    quote! {
        #(#navigations)*
        static __ATTRIBUTES: [__dv::AttributeMetadata; #count] = __dv::attributes(&[#(#attributes),*]);
        #relationships
        static __METADATA: __dv::EntityMetadata = #table #keys_call #relationships_call;
    }
}

fn table(entity: &Entity) -> TokenStream {
    let names = table_names(entity);
    let texts = entity.texts().map(|(method, text)| text_call(method, text));
    let ownership = entity.ownership.as_ref().map(|owner| quote!(.ownership(__dv::OwnershipType::#owner)));
    let further = further_table_facts(entity);
    let activity = entity.is_activity().then(|| quote!(.activity()));
    let flow = entity.is_business_process_flow().then(|| quote!(.business_process_flow()));
    let primary_name = entity.primary_name().map(|column| {
        let logical = &column.logical.value;
        quote!(.primary_name_attribute(#logical))
    });
    quote! {
        __dv::EntityMetadata::new(#names, &__ATTRIBUTES)
            #(#texts)* #(#further)* #ownership #activity #flow #primary_name
    }
}

/// Returns the calls for the facts of a table that change what a program may do with it.
fn further_table_facts(entity: &Entity) -> Vec<TokenStream> {
    let attrs = &entity.attrs;
    let table_type = entity.table_type.as_ref().map(|name| quote!(.table_type(__dv::TableType::#name)));
    let intersect = attrs.intersect.is_given().then(|| quote!(.intersect(true)));
    let tracking = attrs.change_tracking.as_ref().map(|switch| {
        let is_on = switch.0;
        quote!(.change_tracking(#is_on))
    });
    let concurrency = attrs.optimistic_concurrency.as_ref().map(|switch| {
        let is_on = switch.0;
        quote!(.optimistic_concurrency(#is_on))
    });
    let image = entity.columns.iter().find(|column| column.attrs.primary_image.is_given()).map(|column| {
        let logical = &column.logical.value;
        quote!(.primary_image_attribute(#logical))
    });
    let translations =
        translation::list(&attrs.translation).map(|list| quote!(.translations(const { #list })));
    [table_type, intersect, tracking, concurrency, image, translations].into_iter().flatten().collect()
}

/// Returns the names of a table: logical name, entity set name, primary id.
pub(super) fn table_names(entity: &Entity) -> TokenStream {
    let (logical, set) = (entity.logical(), entity.set());
    let primary_id = entity.primary_id().map(|(_, column)| column.logical.value.as_str()).unwrap_or_default();
    quote!(#logical, #set, #primary_id)
}

fn attribute(index: usize, column: &Column) -> TokenStream {
    let logical = &column.logical.value;
    let attribute_type = attribute_type(index, column);
    let texts = [
        (column.schema(), quote!(Schema)),
        (column.display(), quote!(Display)),
        (column.description(), quote!(Description)),
        (column.solution(), quote!(Solution)),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(text, fact)| text.map(|text| quote!(__dv::AttributeFact::#fact(#text))));
    let flags = Literal::u16_unsuffixed(flags(column));
    let source = column.source().map(|source| {
        let (of, part) = (&source.of.value, Ident::new(source.part, Span::mixed_site()));
        quote!(__dv::AttributeFact::TakenFrom(#of, __dv::SourcePart::#part))
    });
    let further = further_facts(column);
    let navigation = column.nav().map(|nav| match nav {
        Nav::One(name) => {
            let kind = names::runtime(if is_pattern(&name.value) { "Pattern" } else { "One" });
            let name = &name.value;
            quote!(__dv::AttributeFact::Navigation(__dv::Navigation::#kind(#name)))
        }
        Nav::PerTarget { .. } => {
            let name = navigation_name(index);
            quote!(__dv::AttributeFact::Navigation(__dv::Navigation::PerTarget(#name)))
        }
    });
    let open = column.is_lookup().then(|| {
        let facts = facts_name(index);
        quote!(__dv::AttributeFact::OpenVariant(#facts.unknown))
    });
    let facts = texts.chain(source).chain(further).chain(navigation).chain(open);
    quote!((#logical, #attribute_type, #flags, &[#(#facts),*]))
}

/// Returns whether the name of the navigation property depends on the target.
pub(super) fn is_pattern(nav: &str) -> bool {
    nav.contains(TABLE)
}

/// Returns the facts of a column that change what a program may do with it.
fn further_facts(column: &Column) -> Vec<TokenStream> {
    let attrs = &column.attrs;
    let text = |text: &Option<Text>, fact: &str| {
        let (text, fact) = (&text.as_ref()?.value, names::runtime(fact));
        Some(quote!(__dv::AttributeFact::#fact(#text)))
    };
    let source_type = column
        .computed
        .as_ref()
        .map(|computed| quote!(__dv::AttributeFact::SourceType(__dv::SourceType::#computed)));
    let default = attrs.default.as_ref().map(|default| {
        let value = match &default.value {
            DefaultValue::Boolean(value) => quote!(Boolean(#value)),
            DefaultValue::Integer(digits) => {
                let digits: TokenStream = digits.parse().unwrap_or_default();
                quote!(Integer(#digits))
            }
        };
        quote!(__dv::AttributeFact::Default(__dv::DefaultValue::#value))
    });
    let translations = translation::list(&attrs.translation)
        .map(|list| quote!(__dv::AttributeFact::Translations(const { #list })));
    let facts = [
        text(&attrs.attribute_of, "AttributeOf"),
        source_type,
        text(&attrs.auto_number, "AutoNumber"),
        default,
        text(&attrs.global_option_set, "GlobalOptionSet"),
        translations,
    ];
    facts.into_iter().flatten().collect()
}

/// Returns the flags of a column in the form of the library's `AttributeParts`, whose numbers these are. One literal costs
/// the compiler less than the names of consts.
fn flags(column: &Column) -> u16 {
    let flags = [
        !column.is_valid_for_create(),
        !column.is_valid_for_update(),
        !column.is_readable(),
        !column.is_on_forms(),
        column.is_localizable(),
        column.has_no_property(),
        column.attrs.secured.is_given(),
    ];
    let flags = flags.into_iter().enumerate().map(|(bit, is_set)| u16::from(is_set) << bit).sum::<u16>();
    let level = match column.required.as_ref().map(names::text).as_deref() {
        Some("SystemRequired") => 1,
        Some("ApplicationRequired") => 2,
        Some("Recommended") => 3,
        _ => 0,
    };
    flags | level << 8
}

fn attribute_type(index: usize, column: &Column) -> TokenStream {
    let (kind, facts) = (column.kind(), facts_name(index));
    let name = names::runtime(kind.spec.attribute_type);
    let constructor = names::runtime(kind.spec.constructor());
    let arguments = match &kind.arguments {
        Arguments::None if column.has_no_property() && (kind.spec.has_options() || kind.spec.is_lookup()) => {
            quote!(&[])
        }
        Arguments::None if kind.spec.has_options() => quote!(#facts.options),
        Arguments::None if kind.spec.is_lookup() => quote!(#facts.targets),
        Arguments::None => return quote!(__dv::AttributeType::#name),
        Arguments::Text { max_length, format } => {
            let max_length = option(max_length.as_ref().map(integer));
            quote!(#max_length, __dv::StringFormat::#format)
        }
        Arguments::Integer { min, max, format } => {
            let min = min.as_ref().map_or_else(|| quote!(::core::primitive::i32::MIN), integer);
            let max = max.as_ref().map_or_else(|| quote!(::core::primitive::i32::MAX), integer);
            quote!(#min, #max, __dv::IntegerFormat::#format)
        }
        Arguments::Float(limits) => self::limits(limits, float),
        Arguments::Exact(limits) => self::limits(limits, |number| number.digits.to_token_stream()),
        Arguments::Labels { true_label, false_label } => {
            quote!(#true_label, #false_label)
        }
        Arguments::DateTime { behavior, format } => {
            let behavior = names::runtime(behavior);
            quote!(__dv::DateTimeBehavior::#behavior, __dv::DateTimeFormat::#format)
        }
    };
    quote!(__dv::AttributeType::#constructor(#arguments))
}

fn limits(limits: &Limits, literal: fn(&Number) -> TokenStream) -> TokenStream {
    let [min, max] = [&limits.min, &limits.max].map(|limit| option(limit.as_ref().map(literal)));
    let precision = option(limits.precision.as_ref().map(integer));
    quote!(#min, #max, #precision)
}

/// Returns digits as a literal. The checks have accepted them.
fn integer(number: &Number) -> TokenStream {
    number.digits.parse().unwrap_or_default()
}

fn float(number: &Number) -> TokenStream {
    let digits = &number.digits;
    let is_float = digits.contains(['.', 'e', 'E']);
    let literal = if is_float { digits.parse() } else { format!("{digits}.0").parse() };
    literal.unwrap_or_default()
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__dv::Option::Some(#value)),
        None => quote!(__dv::Option::None),
    }
}

fn text_call(method: &str, text: &str) -> TokenStream {
    let method = names::runtime(method);
    quote!(.#method(#text))
}

fn navigation_name(index: usize) -> Ident {
    format_ident!("__NAVIGATION_{index}", span = Span::mixed_site())
}

/// Returns the navigation properties of a polymorphic lookup, by the table of each variant.
fn navigation_const(index: usize, column: &Column) -> Option<TokenStream> {
    let Nav::PerTarget { targets, .. } = column.nav()? else { return None };
    let name = navigation_name(index);
    let facts = facts_name(index);
    let count = targets.len();
    let items = targets.iter().map(|(variant, property)| {
        let (text, property) = (names::text(variant), &property.value);
        quote!((#text, #property))
    });
    // The evaluation takes long for 600 targets in another order than their variants; that is no mistake of the user.
    Some(quote! {
        #[allow(long_running_const_eval)]
        const #name: &[__dv::TargetNavigation; #count] =
            &__dv::navigation(#facts.variants, #facts.targets, &[#(#items),*]);
    })
}

/// Returns the relationships of a lookup. An owner is a record of the table `owner`; another lookup has one target, or a
/// target for each variant.
fn relationships_of_column(entity: &Entity, index: usize, column: &Column) -> Vec<TokenStream> {
    let logical = &column.logical.value;
    let facts = facts_name(index);
    let table = entity.logical();
    let hierarchical =
        column.is_hierarchical().then(|| quote!(__dv::RelationshipFact::HierarchicalWithin(#table)));
    let on_delete = column.on_delete.as_ref().map(on_delete);
    let relationship = |schema: &str, target: TargetOf, navigation: Option<&str>| {
        let (table, key, fact) = match target {
            TargetOf::Named(table, key) => (table, key, None),
            TargetOf::Fact(fact) => ("", "", Some(fact)),
        };
        // The names of the target are known before the table is compared with it.
        let further = fact.iter().chain(&on_delete).chain(&hierarchical);
        relationship_parts(
            "ManyToOne",
            [schema, logical, table, key, navigation.unwrap_or_default()],
            further,
        )
    };
    let navigation_of = |variant: Option<&Ident>| match (column.nav()?, variant) {
        (Nav::One(name), _) => Some(name.value.as_str()).filter(|name| !is_pattern(name)),
        (Nav::PerTarget { targets, .. }, Some(variant)) => {
            let mut targets = targets.iter();
            targets.find(|(each, _)| each == variant).map(|(_, name)| name.value.as_str())
        }
        (Nav::PerTarget { .. }, None) => None,
    };
    match column.relationship() {
        None => Vec::new(),
        Some(Nav::One(schema)) => {
            let target = match column.has_role(Role::Owner) {
                true => TargetOf::Named("owner", "ownerid"),
                false => TargetOf::Fact(quote!(__dv::RelationshipFact::Target(#facts.targets))),
            };
            vec![relationship(&schema.value, target, navigation_of(None))]
        }
        Some(Nav::PerTarget { targets, .. }) => targets
            .iter()
            .enumerate()
            .map(|(hint, (variant, schema))| {
                let text = names::text(variant);
                let target = TargetOf::Fact(quote! {
                    __dv::RelationshipFact::Variant(#facts.variants, #facts.targets, #hint, #text)
                });
                relationship(&schema.value, target, navigation_of(Some(variant)))
            })
            .collect(),
    }
}

/// The other table of a lookup's relationship: its name and its key, or the fact that has them.
enum TargetOf {
    Named(&'static str, &'static str),
    Fact(TokenStream),
}

fn relationship_of_struct(relationship: &Relationship, entity: &Entity) -> TokenStream {
    let Relationship { kind, schema, column, table, key, nav, intersect, .. } = relationship;
    // Both ends name the same lookup.
    let is_hierarchical =
        table == entity.logical() && entity.column(column).is_some_and(Column::is_hierarchical);
    let hierarchical = is_hierarchical.then(|| quote!(__dv::RelationshipFact::Hierarchical));
    let on_delete = relationship.on_delete.as_ref().map(on_delete);
    let intersect = intersect.as_ref().map(|table| quote!(__dv::RelationshipFact::Intersect(#table)));
    let nav = nav.as_deref().unwrap_or_default();
    let (kind, texts) = match kind {
        RelationshipKind::ManyToOne => ("ManyToOne", [schema, column, table, key, nav]),
        RelationshipKind::OneToMany => ("OneToMany", [schema, column, table, key, nav]),
        RelationshipKind::ManyToMany => ("ManyToMany", [schema, "", table, "", nav]),
    };
    relationship_parts(kind, texts, on_delete.iter().chain(&hierarchical).chain(&intersect))
}

/// Returns a relationship in the form of the library's `RelationshipParts`.
fn relationship_parts<'t>(
    kind: &str,
    texts: [&str; 5],
    facts: impl Iterator<Item = &'t TokenStream>,
) -> TokenStream {
    let kind = names::runtime(kind);
    quote!((__dv::RelationshipKind::#kind, #(#texts),*, &[#(#facts),*]))
}

fn on_delete(cascade: &Ident) -> TokenStream {
    quote!(__dv::RelationshipFact::OnDelete(__dv::CascadeType::#cascade))
}
