//! What was meant: a table or a projection with its columns. Emitters ask the model and never look at attributes.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, FieldsNamed, Generics, Type, Visibility};

use super::attrs::{EntityAttrs, ExpandAttrs, FieldAttrs};
use super::kind::{self, Kind};
use super::words;
use crate::common::crate_path::CratePath;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Nav, Text};
use crate::common::names;
use crate::common::receive::{Received, receive};
use crate::common::types;

/// The struct.
pub(super) struct Entity {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    pub(super) generics: Generics,
    pub(super) krate: CratePath,
    /// The table that a projection reads; `None` for a table.
    pub(super) of: Option<Type>,
    pub(super) attrs: EntityAttrs,
    pub(super) ownership: Option<Ident>,
    pub(super) create: Ident,
    pub(super) update: Ident,
    pub(super) columns: Vec<Column>,
    pub(super) expands: Vec<Expand>,
    /// The fields in their own order, as places among the columns or the expanded records.
    pub(super) order: Vec<Place>,
    /// Fields that were not understood, for what is emitted beside the errors.
    pub(super) broken: Vec<Column>,
    /// Was anything in `#[entity(…)]` not understood? Then what is missing there may have been meant.
    pub(super) damaged: bool,
    /// Was any field not understood? Then rules about all of them together are not held against them.
    pub(super) incomplete: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Column(usize),
    Expand(usize),
}

/// A field that is a column.
pub(super) struct Column {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    pub(super) ty: Type,
    pub(super) logical: Text,
    /// The kinds that were named, or the one that the type says.
    pub(super) kinds: Vec<(Kind, &'static str, Span)>,
    pub(super) kind_is_named: bool,
    pub(super) attrs: FieldAttrs,
    pub(super) required: Option<Ident>,
    pub(super) on_delete: Option<Ident>,
    /// Was anything in `#[attr(…)]` not understood? Then what is missing there may have been meant.
    pub(super) damaged: bool,
}

/// A field that holds expanded records.
pub(super) struct Expand {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    pub(super) ty: Type,
    pub(super) nav: Text,
}

/// Which part of which column a column without property stands for.
pub(super) struct Source<'c> {
    pub(super) of: &'c Text,
    pub(super) part: &'static str,
    pub(super) key: &'static str,
}

/// Reads the struct; `None` where there is nothing to work with.
pub(super) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Entity> {
    let Received { value: attrs, damaged } = receive::<EntityAttrs>("entity", &input.attrs, diagnostics);
    let fields = named_fields(input, diagnostics)?;
    let krate = CratePath::new(attrs.krate.as_ref(), diagnostics);
    let ownership = words::variant("ownership", attrs.ownership.as_ref(), words::OWNERSHIP, diagnostics);
    let companion = |given: &Option<crate::common::meta::Name>, suffix: &str| match given {
        Some(name) => name.0.clone(),
        None => names::generated(&format!("{}{suffix}", names::text(&input.ident)), &input.ident),
    };
    let mut entity = Entity {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        generics: input.generics.clone(),
        krate,
        of: attrs.of.as_ref().map(|of| of.0.clone()),
        ownership,
        create: companion(&attrs.create, "Create"),
        update: companion(&attrs.update, "Update"),
        attrs,
        columns: Vec::new(),
        expands: Vec::new(),
        order: Vec::new(),
        broken: Vec::new(),
        damaged,
        incomplete: false,
    };
    for field in &fields.named {
        if read_field(field, &mut entity, diagnostics).is_none() {
            entity.incomplete = true;
            entity.broken.extend(broken_column(field));
        }
    }
    Some(entity)
}

/// A field that was not understood, as a column of which nothing is known.
fn broken_column(field: &Field) -> Option<Column> {
    let ident = field.ident.clone()?;
    Some(Column {
        logical: Text { value: names::text(&ident), span: ident.span() },
        ident,
        vis: field.vis.clone(),
        ty: field.ty.clone(),
        kinds: Vec::new(),
        kind_is_named: false,
        attrs: FieldAttrs::default(),
        required: None,
        on_delete: None,
        damaged: true,
    })
}

fn named_fields<'i>(input: &'i DeriveInput, diagnostics: &mut Diagnostics) -> Option<&'i FieldsNamed> {
    let what = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields),
            Fields::Unnamed(_) => "a struct with fields that have no names",
            Fields::Unit => "a struct without fields",
        },
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
    };
    diagnostics.help(
        input.ident.span(),
        format!("`DataverseEntity` cannot be derived for {what}"),
        format!("write `struct {} {{ … }}` with a field for each column", input.ident),
    );
    None
}

/// Reads a field into the entity; `None` where it was not understood.
fn read_field(field: &Field, entity: &mut Entity, diagnostics: &mut Diagnostics) -> Option<()> {
    let ident = field.ident.clone()?;
    let ty = types::without_self(&field.ty, &entity.ident, &entity.generics);
    let has = |name: &str| field.attrs.iter().any(|attr| attr.path().is_ident(name));
    match (has("attr"), has("expand")) {
        (true, true) => {
            diagnostics.help(
                ident.span(),
                format!("`{ident}` is both a column and expanded records"),
                "keep `#[attr(…)]` for a column of this table, `#[expand(…)]` for records of another",
            );
            None
        }
        (false, false) => {
            diagnostics.help(
                ident.span(),
                format!("`{ident}` is not mapped to a column"),
                "add `#[attr(logical = \"…\")]`, or `#[expand(nav = \"…\")]` for records of another table",
            );
            None
        }
        (true, false) => {
            let column = read_column(field, ident, ty, entity.is_projection(), diagnostics)?;
            entity.order.push(Place::Column(entity.columns.len()));
            entity.columns.push(column);
            Some(())
        }
        (false, true) => {
            let Received { value: attrs, damaged } =
                receive::<ExpandAttrs>("expand", &field.attrs, diagnostics);
            let Some(nav) = attrs.nav else {
                if !damaged {
                    diagnostics.help(
                        ident.span(),
                        format!("`{ident}` has no navigation property"),
                        "add `#[expand(nav = \"…\")]`",
                    );
                }
                return None;
            };
            entity.order.push(Place::Expand(entity.expands.len()));
            let vis = field.vis.clone();
            entity.expands.push(Expand { ident, vis, ty, nav });
            Some(())
        }
    }
}

fn read_column(
    field: &Field,
    ident: Ident,
    ty: Type,
    projection: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Column> {
    let Received { value: attrs, damaged } = receive::<FieldAttrs>("attr", &field.attrs, diagnostics);
    let Some(logical) = attrs.logical.clone() else {
        if !damaged {
            diagnostics.help(
                ident.span(),
                format!("`{ident}` has no logical name"),
                "add `#[attr(logical = \"…\")]`: the column's name on the wire",
            );
        }
        return None;
    };
    let mut kinds = kind::named(&attrs, &ty, diagnostics);
    let kind_is_named = !kinds.is_empty();
    // The kind of a projection's column is the table's business.
    if kinds.is_empty() && !projection {
        kinds.extend(kind::of_type(&ty).map(|kind| (kind, "", ty.span())));
    }
    let required = words::variant("required", attrs.required.as_ref(), words::REQUIRED, diagnostics);
    let on_delete = words::variant("on_delete", attrs.on_delete.as_ref(), words::CASCADE, diagnostics);
    let vis = field.vis.clone();
    Some(Column { ident, vis, ty, logical, kinds, kind_is_named, attrs, required, on_delete, damaged })
}

impl Entity {
    pub(super) fn is_projection(&self) -> bool {
        self.of.is_some()
    }

    pub(super) fn column(&self, logical: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.logical.value == logical)
    }

    pub(super) fn primary_id(&self) -> Option<(usize, &Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.attrs.primary_id.is_given())
    }
}

impl Column {
    /// The kind. Where it is not known there is an error already, and text does for what is still emitted.
    pub(super) fn kind(&self) -> Kind {
        match self.kinds.first() {
            Some((kind, ..)) => kind.clone(),
            None => Kind::Virtual,
        }
    }

    /// The type of the values: what is in the field's `Option`, or its type.
    pub(super) fn value_type(&self) -> &Type {
        types::unwrap_option(&self.ty)
    }

    /// Is the type an `Option`? It is seen by its name.
    pub(super) fn is_option(&self) -> bool {
        types::argument_of(&self.ty, "Option").is_some()
    }

    pub(super) fn source(&self) -> Option<Source<'_>> {
        let attrs = &self.attrs;
        [
            (&attrs.name_of, "Name", "name_of"),
            (&attrs.yomi_name_of, "YomiName", "yomi_name_of"),
            (&attrs.type_of, "Type", "type_of"),
        ]
        .into_iter()
        .find_map(|(of, part, key)| Some(Source { of: of.as_ref()?, part, key }))
    }

    /// Does the Web API have a property for the column that a body can hold?
    pub(super) fn is_writable_property(&self) -> bool {
        let kind = self.kind();
        self.source().is_none() && !kind.is_no_property() && !matches!(kind, Kind::File)
    }

    pub(super) fn is_valid_for_create(&self) -> bool {
        !self.attrs.read_only.is_given() && !self.attrs.update_only.is_given()
    }

    /// A primary id names the record and never changes.
    pub(super) fn is_valid_for_update(&self) -> bool {
        let attrs = &self.attrs;
        !attrs.read_only.is_given() && !attrs.create_only.is_given() && !attrs.primary_id.is_given()
    }

    pub(super) fn is_creatable(&self) -> bool {
        self.is_valid_for_create() && self.is_writable_property()
    }

    pub(super) fn is_updatable(&self) -> bool {
        self.is_valid_for_update() && self.is_writable_property()
    }

    /// The platform requires a value in some columns; a state and its status always have one.
    pub(super) fn is_clearable(&self) -> bool {
        let system = self.required.as_ref().is_some_and(|level| level == "SystemRequired");
        !system && !matches!(self.kind(), Kind::State | Kind::Status)
    }

    pub(super) fn nav(&self) -> Option<&Nav> {
        self.attrs.nav.as_ref()
    }
}

/// The const that stands for a field: its name in capitals.
pub(super) fn const_name(field: &Ident) -> Ident {
    names::generated(&names::text(field).to_uppercase(), field)
}
