//! The facts of a table, as consts.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::super::attrs::RelationshipArgs;
use super::super::kind::{Behavior, Kind, Limits};
use super::super::model::{Column, Entity};
use super::super::words;
use super::field_trait::facts_name;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Nav, Number, Text};
use crate::common::names;

/// The consts that the table's metadata is put together from.
pub(super) fn consts(entity: &Entity) -> TokenStream {
    let navigations =
        entity.columns.iter().enumerate().filter_map(|(place, column)| navigation_const(place, column));
    let attributes = entity.columns.iter().enumerate().map(|(place, column)| attribute(place, column));
    let keys = entity.attrs.key.iter().map(|keyed| {
        let name = keyed.value.name.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
        let columns =
            keyed.value.columns.iter().flat_map(|columns| columns.0.iter().map(|column| &column.value));
        quote!(__dv::AlternateKey::new(#name, &[#(#columns),*]))
    });
    let relationships = entity
        .columns
        .iter()
        .enumerate()
        .filter_map(|(place, column)| relationship_of_column(place, column))
        .chain(entity.attrs.relationship.iter().map(|keyed| relationship_of_struct(&keyed.value, entity)));
    let (keys, relationships): (Vec<_>, Vec<_>) = (keys.collect(), relationships.collect());
    // Most tables have none, and what is not there need not be compiled.
    let (keys, keys_call) = match keys.is_empty() {
        true => (None, None),
        false => {
            (Some(quote!(const __KEYS: &[__dv::AlternateKey] = &[#(#keys),*];)), Some(quote!(.keys(__KEYS))))
        }
    };
    let (relationships, relationships_call) = match relationships.is_empty() {
        true => (None, None),
        false => (
            Some(quote! {
                const __RELATIONSHIPS: &[__dv::RelationshipMetadata] = &[#(#relationships),*];
            }),
            Some(quote!(.relationships(__RELATIONSHIPS))),
        ),
    };
    let (table, count) = (table(entity), entity.columns.len());
    quote! {
        #(#navigations)*
        const __PARTS: &[__dv::AttributeParts; #count] = &[#(#attributes),*];
        const __ATTRIBUTES: &[__dv::AttributeMetadata] = &__dv::attributes(__PARTS);
        #keys
        #relationships
        const __METADATA: &__dv::EntityMetadata = &#table #keys_call #relationships_call;
    }
}

fn table(entity: &Entity) -> TokenStream {
    let attrs = &entity.attrs;
    let names = table_names(entity);
    let texts = [
        ("schema_name", &attrs.schema),
        ("logical_collection_name", &attrs.collection_logical),
        ("collection_schema_name", &attrs.collection_schema),
        ("display_name", &attrs.display),
        ("display_collection_name", &attrs.display_collection),
        ("description", &attrs.description),
        ("solution", &attrs.solution),
    ];
    let texts = texts.into_iter().filter_map(|(method, text)| text_call(method, text.as_ref()));
    let ownership = entity.ownership.as_ref().map(|owner| quote!(.ownership(__dv::OwnershipType::#owner)));
    let activity = attrs.activity.is_given().then(|| quote!(.activity()));
    let flow = attrs.business_process_flow.is_given().then(|| quote!(.business_process_flow()));
    let primary_name =
        entity.columns.iter().find(|column| column.attrs.primary_name.is_given()).map(|column| {
            let logical = &column.logical.value;
            quote!(.primary_name_attribute(#logical))
        });
    quote! {
        __dv::EntityMetadata::new(#names, __ATTRIBUTES)
            #(#texts)* #ownership #activity #flow #primary_name
    }
}

/// Logical name, entity set name, primary id: what names a table.
pub(super) fn table_names(entity: &Entity) -> TokenStream {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let (logical, set) = (text(&entity.attrs.logical), text(&entity.attrs.set));
    let primary_id = entity.primary_id().map(|(_, column)| column.logical.value.as_str()).unwrap_or_default();
    quote!(#logical, #set, #primary_id)
}

fn attribute(place: usize, column: &Column) -> TokenStream {
    let attrs = &column.attrs;
    let logical = &column.logical.value;
    let attribute_type = attribute_type(place, column);
    let texts = [
        (&attrs.schema, quote!(Schema)),
        (&attrs.display, quote!(Display)),
        (&attrs.description, quote!(Description)),
        (&attrs.solution, quote!(Solution)),
    ];
    let texts = texts.into_iter().filter_map(|(text, fact)| {
        let value = &text.as_ref()?.value;
        Some(quote!(__dv::AttributeFact::#fact(#value)))
    });
    let flags = flags(column);
    let source = column.source().map(|source| {
        let (of, part) = (&source.of.value, Ident::new(source.part, Span::mixed_site()));
        quote!(__dv::AttributeFact::TakenFrom(#of, __dv::SourcePart::#part))
    });
    let navigation = column.nav().map(|nav| match nav {
        Nav::One(name) => {
            let name = &name.value;
            quote!(__dv::AttributeFact::Navigation(__dv::Navigation::One(#name)))
        }
        Nav::PerTarget { .. } => {
            let name = navigation_name(place);
            quote!(__dv::AttributeFact::Navigation(__dv::Navigation::PerTarget(#name)))
        }
    });
    let facts = texts.chain(source).chain(navigation);
    quote!((#logical, #attribute_type, #flags, &[#(#facts),*]))
}

/// The flags of a column as `AttributeParts` has them.
fn flags(column: &Column) -> proc_macro2::Literal {
    let attrs = &column.attrs;
    let levels = ["None", "SystemRequired", "ApplicationRequired", "Recommended"];
    let level = column.required.as_ref().and_then(|level| levels.iter().position(|name| level == name));
    let is_on_forms = attrs.form.as_ref().is_none_or(|form| form.0);
    let bits = [
        column.is_valid_for_create(),
        column.is_valid_for_update(),
        !attrs.not_readable.is_given(),
        is_on_forms,
        attrs.localizable.is_given(),
    ];
    let bits = bits.iter().enumerate().map(|(place, bit)| u16::from(*bit) << (place + 2));
    proc_macro2::Literal::u16_unsuffixed(
        bits.sum::<u16>() + u16::try_from(level.unwrap_or_default()).unwrap_or_default(),
    )
}

fn attribute_type(place: usize, column: &Column) -> TokenStream {
    let facts = facts_name(place);
    let options = |name: TokenStream| quote!(__dv::AttributeType::#name { options: #facts.options });
    let targets = |name: TokenStream| quote!(__dv::AttributeType::#name { targets: #facts.targets });
    match column.kind() {
        Kind::String { max_length, format } => {
            text_type(&quote!(String), max_length.as_ref(), format.as_ref())
        }
        Kind::Memo { max_length, format } => {
            let format = format.unwrap_or_else(|| Ident::new("TextArea", Span::mixed_site()));
            text_type(&quote!(Memo), max_length.as_ref(), Some(&format))
        }
        Kind::Integer { min, max, format } => {
            let min = number_or(min.as_ref(), || quote!(::core::primitive::i32::MIN));
            let max = number_or(max.as_ref(), || quote!(::core::primitive::i32::MAX));
            let format = format.unwrap_or_else(|| Ident::new("None", Span::mixed_site()));
            quote!(__dv::AttributeType::Integer { min: #min, max: #max, format: __dv::IntegerFormat::#format })
        }
        Kind::BigInt => quote!(__dv::AttributeType::BigInt),
        Kind::Double(limits) => {
            let limit = |limit: Option<&Number>| {
                option(limit.map(|number| {
                    let digits = &number.digits;
                    let literal =
                        if digits.contains(['.', 'e', 'E']) { digits.clone() } else { format!("{digits}.0") };
                    tokens(&literal)
                }))
            };
            precise_type(&quote!(Double), &limit(limits.min.as_ref()), &limit(limits.max.as_ref()), &limits)
        }
        Kind::Decimal(limits) => exact_type(&quote!(Decimal), &limits),
        Kind::Money(limits) => exact_type(&quote!(Money), &limits),
        Kind::Boolean { true_label, false_label } => {
            let yes = true_label.map_or_else(|| "Yes".to_owned(), |label| label.value);
            let no = false_label.map_or_else(|| "No".to_owned(), |label| label.value);
            quote!(__dv::AttributeType::Boolean { true_label: #yes, false_label: #no })
        }
        Kind::DateTime { behavior, format } => {
            let (behavior, usual) = match behavior {
                Behavior::UserLocal => (quote!(UserLocal), "DateAndTime"),
                Behavior::DateOnly => (quote!(DateOnly), "DateOnly"),
                Behavior::TimeZoneIndependent => (quote!(TimeZoneIndependent), "DateAndTime"),
            };
            let format = format.unwrap_or_else(|| Ident::new(usual, Span::mixed_site()));
            quote! {
                __dv::AttributeType::DateTime {
                    behavior: __dv::DateTimeBehavior::#behavior,
                    format: __dv::DateTimeFormat::#format,
                }
            }
        }
        Kind::Picklist => options(quote!(Picklist)),
        Kind::State => options(quote!(State)),
        Kind::Status => options(quote!(Status)),
        Kind::MultiSelect => options(quote!(MultiSelectPicklist)),
        Kind::Lookup => targets(quote!(Lookup)),
        Kind::Customer => targets(quote!(Customer)),
        Kind::Owner => targets(quote!(Owner)),
        Kind::Uniqueidentifier => quote!(__dv::AttributeType::Uniqueidentifier),
        Kind::EntityName => quote!(__dv::AttributeType::EntityName),
        Kind::Image => quote!(__dv::AttributeType::Image),
        Kind::File => quote!(__dv::AttributeType::File),
        Kind::ManagedProperty => quote!(__dv::AttributeType::ManagedProperty),
        Kind::PartyList => quote!(__dv::AttributeType::PartyList),
        Kind::Virtual => quote!(__dv::AttributeType::Virtual),
    }
}

fn text_type(name: &TokenStream, max_length: Option<&Number>, format: Option<&Ident>) -> TokenStream {
    let max_length = option(max_length.map(|number| tokens(&number.digits)));
    let format = format.cloned().unwrap_or_else(|| Ident::new("Text", Span::mixed_site()));
    quote!(__dv::AttributeType::#name { max_length: #max_length, format: __dv::StringFormat::#format })
}

fn exact_type(name: &TokenStream, limits: &Limits) -> TokenStream {
    let limit = |limit: Option<&Number>| {
        option(limit.map(|number| {
            let digits = &number.digits;
            quote!(#digits)
        }))
    };
    precise_type(name, &limit(limits.min.as_ref()), &limit(limits.max.as_ref()), limits)
}

fn precise_type(name: &TokenStream, min: &TokenStream, max: &TokenStream, limits: &Limits) -> TokenStream {
    let precision = option(limits.precision.as_ref().map(|number| tokens(&number.digits)));
    quote!(__dv::AttributeType::#name { min: #min, max: #max, precision: #precision })
}

fn number_or(number: Option<&Number>, default: impl FnOnce() -> TokenStream) -> TokenStream {
    number.map_or_else(default, |number| tokens(&number.digits))
}

/// Digits that the checks have let through are a literal.
fn tokens(digits: &str) -> TokenStream {
    digits.parse().unwrap_or_default()
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__dv::Option::Some(#value)),
        None => quote!(__dv::Option::None),
    }
}

fn text_call(method: &str, text: Option<&Text>) -> Option<TokenStream> {
    let value = &text?.value;
    let method = Ident::new(method, Span::mixed_site());
    Some(quote!(.#method(#value)))
}

fn navigation_name(place: usize) -> Ident {
    format_ident!("__NAVIGATION_{place}", span = Span::mixed_site())
}

/// The navigation properties of a polymorphic lookup, by the tables behind the enum's variants.
fn navigation_const(place: usize, column: &Column) -> Option<TokenStream> {
    let Nav::PerTarget { targets, .. } = column.nav()? else { return None };
    let name = navigation_name(place);
    let facts = facts_name(place);
    let items = targets.iter().map(|(variant, property)| {
        let text = names::text(variant);
        let property = &property.value;
        let table = quote_spanned! {names::at(variant.span())=>
            __dv::variant_table(#facts.variants, #facts.targets, #text)
        };
        quote!(__dv::TargetNavigation::new(#table, #property))
    });
    Some(quote!(const #name: &[__dv::TargetNavigation] = &[#(#items),*];))
}

/// A lookup's own relationship: owners are records of the table `owner`, others of the lookup's only target.
fn relationship_of_column(place: usize, column: &Column) -> Option<TokenStream> {
    let schema = &column.attrs.relationship.as_ref()?.value;
    let logical = &column.logical.value;
    let facts = facts_name(place);
    let target = match column.kind() {
        Kind::Owner => quote!("owner", "ownerid"),
        _ => quote!(#facts.targets[0].logical_name, #facts.targets[0].primary_id_attribute),
    };
    let navigation = column.nav().and_then(|nav| match nav {
        Nav::One(name) => {
            let name = &name.value;
            Some(quote!(.navigation_property(#name)))
        }
        Nav::PerTarget { .. } => None,
    });
    let on_delete = column.on_delete.as_ref().map(|cascade| quote!(.on_delete(__dv::CascadeType::#cascade)));
    Some(quote! {
        __dv::RelationshipMetadata::new(__dv::RelationshipKind::ManyToOne, #schema, #logical, #target)
            #navigation #on_delete
    })
}

fn relationship_of_struct(args: &RelationshipArgs, entity: &Entity) -> TokenStream {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let (schema, column, table) = (text(&args.schema), text(&args.column), text(&args.table));
    // The key is that of the table that is pointed to: the other one, or this one.
    let (kind, key) = if args.many_to_one.is_given() {
        (quote!(ManyToOne), text(&args.key))
    } else {
        let own = entity.primary_id().map(|(_, column)| column.logical.value.clone());
        (quote!(OneToMany), own.unwrap_or_default())
    };
    let navigation = text_call("navigation_property", args.nav.as_ref());
    // A word that stands for nothing has been reported by the checks.
    let on_delete =
        words::variant("on_delete", args.on_delete.as_ref(), words::CASCADE, &mut Diagnostics::default())
            .map(|cascade| quote!(.on_delete(__dv::CascadeType::#cascade)));
    quote! {
        __dv::RelationshipMetadata::new(__dv::RelationshipKind::#kind, #schema, #column, #table, #key)
            #navigation #on_delete
    }
}
