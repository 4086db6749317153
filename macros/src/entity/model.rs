//! What was meant: a table or a projection with its columns. Reading it reports what is not understood.
//!
//! `check` compares what was written with the rules, and so reads the attributes, too. `expand` reads the model only.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, FieldsNamed, Generics, Type, Visibility};

use super::attrs::{EntityAttrs, ExpandAttrs, FieldAttrs, RelationshipArgs};
use super::kind::{Kind, KindSpec, Role};
use super::{read_kind, words};
use crate::common::crate_path::CratePath;
use crate::common::diagnostics::Diagnostics;
use crate::common::docs::Docs;
use crate::common::meta::{Keyed, Nav, Text};
use crate::common::names;
use crate::common::receive::{Received, receive};
use crate::common::types;

/// The struct.
pub(super) struct Entity {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    /// Whether `#[non_exhaustive]` stands on the struct: its drafts get it, too.
    pub(super) is_non_exhaustive: bool,
    pub(super) docs: Docs,
    pub(super) generics: Generics,
    pub(super) krate: CratePath,
    /// The table that a projection reads; `None` for a table.
    pub(super) of: Option<Type>,
    /// What was written, for the rules.
    pub(super) attrs: EntityAttrs,
    pub(super) ownership: Option<Ident>,
    pub(super) table_type: Option<Ident>,
    pub(super) create: Ident,
    pub(super) update: Ident,
    pub(super) columns: Vec<Column>,
    pub(super) expands: Vec<Expand>,
    /// Fields that are no columns, with their types.
    pub(super) skipped: Vec<(Ident, Type)>,
    pub(super) relationships: Vec<Relationship>,
    /// The fields in their own order.
    pub(super) order: Vec<FieldIndex>,
    /// Fields that were not understood, for the code that is generated next to the errors.
    pub(super) broken: Vec<Column>,
    /// Whether `#[entity(…)]` has errors. A key that is missing may then be one of those with an error.
    pub(super) damaged: bool,
    /// Whether any field was not understood. Rules about all fields together then report nothing.
    pub(super) incomplete: bool,
}

/// The index of a field among the columns, the expanded records or the skipped fields.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldIndex {
    Column(usize),
    Expand(usize),
    Skipped(usize),
}

/// A field that is a column.
pub(super) struct Column {
    pub(super) ident: Ident,
    /// The name for generated code, as [`names::own`] makes it. Each question about a span is one to the compiler, so it
    /// is asked once.
    pub(super) own: Ident,
    /// The position of the field's type for generated code, as [`names::at`] makes it.
    pub(super) type_at: Span,
    pub(super) vis: Visibility,
    pub(super) docs: Docs,
    pub(super) ty: Type,
    pub(super) logical: Text,
    /// The kinds that were written, or the one that the type implies, each with its span.
    pub(super) kinds: Vec<(Kind, Span)>,
    pub(super) kind_is_written: bool,
    /// What was written, for the rules.
    pub(super) attrs: FieldAttrs,
    pub(super) required: Option<Ident>,
    /// How Dataverse computes the value, if it does.
    pub(super) computed: Option<Ident>,
    pub(super) on_delete: Option<Ident>,
    /// Whether the table is read-only, and so each of its columns.
    pub(super) in_read_only_table: bool,
    /// Whether `#[attr(…)]` has errors. A key that is missing may then be one of those with an error.
    pub(super) damaged: bool,
}

/// A field that holds expanded records.
pub(super) struct Expand {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    pub(super) docs: Docs,
    pub(super) ty: Type,
    pub(super) nav: Text,
}

/// A relationship that `#[entity(…)]` names.
pub(super) struct Relationship {
    pub(super) kind: RelationshipKind,
    pub(super) schema: String,
    pub(super) column: String,
    pub(super) table: String,
    /// The primary key of the table that the lookup points to: the other table or this one.
    pub(super) key: String,
    pub(super) nav: Option<String>,
    pub(super) on_delete: Option<Ident>,
    /// The table that holds the pairs of a many-to-many relationship.
    pub(super) intersect: Option<String>,
    /// The name of the collection's const, and the type of its records.
    pub(super) related: Option<(Ident, Type)>,
}

/// On which side of a relationship the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RelationshipKind {
    ManyToOne,
    OneToMany,
    ManyToMany,
}

/// The part of another column that a column without property stands for.
pub(super) struct Source<'c> {
    pub(super) of: &'c Text,
    pub(super) part: &'static str,
    pub(super) key: &'static str,
}

/// Reads the struct. Returns `None` if it has no named fields.
pub(super) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Entity> {
    let Received { value: attrs, damaged } = receive::<EntityAttrs>("entity", &input.attrs, diagnostics);
    let fields = named_fields(input, diagnostics)?;
    let krate = CratePath::new(attrs.krate.as_ref(), diagnostics);
    let ownership = words::variant("ownership", attrs.ownership.as_ref(), words::OWNERSHIP, diagnostics);
    let table_type = words::variant("table_type", attrs.table_type.as_ref(), words::TABLE_TYPE, diagnostics);
    let draft = |given: &Option<crate::common::meta::Name>, suffix: &str| match given {
        Some(name) => name.0.clone(),
        None => names::generated(&format!("{}{suffix}", names::text(&input.ident)), &input.ident),
    };
    let mut entity = Entity {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        is_non_exhaustive: input.attrs.iter().any(|attr| attr.path().is_ident("non_exhaustive")),
        docs: Docs::read(&input.attrs, &names::text(&input.ident)),
        generics: input.generics.clone(),
        krate,
        of: attrs.of.as_ref().map(|of| of.0.clone()),
        ownership,
        table_type,
        create: draft(&attrs.create, "Create"),
        update: draft(&attrs.update, "Update"),
        attrs,
        columns: Vec::new(),
        expands: Vec::new(),
        skipped: Vec::new(),
        relationships: Vec::new(),
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
    entity.relationships = relationships(&entity, diagnostics);
    Some(entity)
}

/// Reads the relationships. The fields have to be read before.
fn relationships(entity: &Entity, diagnostics: &mut Diagnostics) -> Vec<Relationship> {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let read = |keyed: &Keyed<RelationshipArgs>| {
        let args = &keyed.value;
        let kind = if args.many_to_many.is_given() {
            RelationshipKind::ManyToMany
        } else if args.many_to_one.is_given() {
            RelationshipKind::ManyToOne
        } else {
            RelationshipKind::OneToMany
        };
        let own_key = || entity.primary_id().map(|(_, column)| column.logical.value.clone());
        Relationship {
            kind,
            schema: text(&args.schema),
            column: text(&args.column),
            table: text(&args.table),
            key: if kind == RelationshipKind::ManyToOne {
                text(&args.key)
            } else {
                own_key().unwrap_or_default()
            },
            nav: args.nav.as_ref().map(|nav| nav.value.clone()),
            on_delete: words::variant("on_delete", args.on_delete.as_ref(), words::CASCADE, diagnostics),
            intersect: args.intersect.as_ref().map(|table| table.value.clone()),
            related: related_const(args),
        }
    };
    entity.attrs.relationship.iter().map(read).collect()
}

/// Returns the const of a relationship with `related`: named by `name`, or after the navigation property in capitals.
fn related_const(args: &RelationshipArgs) -> Option<(Ident, Type)> {
    let (related, nav) = (args.related.as_ref()?, args.nav.as_ref()?);
    let name = args.name.as_ref().map(|name| name.0.clone());
    let named_after = || syn::parse_str::<Ident>(&nav.value.to_uppercase()).ok();
    let name = name.or_else(named_after)?;
    Some((Ident::new(&names::text(&name), nav.span), related.0.clone()))
}

/// Makes an unknown column of a field that was not understood.
fn broken_column(field: &Field) -> Option<Column> {
    let ident = field.ident.clone()?;
    Some(Column {
        logical: Text { value: names::text(&ident), span: ident.span() },
        own: names::own(&ident),
        type_at: names::at(field.ty.span()),
        ident,
        vis: field.vis.clone(),
        docs: Docs::default(),
        ty: field.ty.clone(),
        kinds: Vec::new(),
        kind_is_written: false,
        attrs: FieldAttrs::default(),
        required: None,
        computed: None,
        on_delete: None,
        in_read_only_table: false,
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

/// Reads a field into the entity. Returns `None` if it was not understood.
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
                "add `#[attr(logical = \"…\")]`, `#[expand(nav = \"…\")]` for records of another table, or `#[attr(skip)]`",
            );
            None
        }
        (true, false) => {
            let Received { value: attrs, damaged } = receive::<FieldAttrs>("attr", &field.attrs, diagnostics);
            if attrs.skip.is_given() {
                return skip(ident, ty, &attrs, entity, diagnostics);
            }
            let column = read_column(field, ident, ty, (attrs, damaged), entity, diagnostics)?;
            entity.order.push(FieldIndex::Column(entity.columns.len()));
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
            entity.order.push(FieldIndex::Expand(entity.expands.len()));
            let (vis, docs) = (field.vis.clone(), Docs::read(&field.attrs, &names::text(&entity.ident)));
            entity.expands.push(Expand { ident, vis, docs, ty, nav });
            Some(())
        }
    }
}

/// Reads a field that is no column: no request has it, and reading a record sets it to its default.
fn skip(
    ident: Ident,
    ty: Type,
    attrs: &FieldAttrs,
    entity: &mut Entity,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    if let Some(key) = attrs.key_of_a_column() {
        diagnostics.help(
            key,
            format!("`{}` is skipped, so it is no column", names::text(&ident)),
            "remove this key, or `skip`",
        );
        return None;
    }
    entity.order.push(FieldIndex::Skipped(entity.skipped.len()));
    entity.skipped.push((ident, ty));
    Some(())
}

fn read_column(
    field: &Field,
    ident: Ident,
    ty: Type,
    (attrs, damaged): (FieldAttrs, bool),
    entity: &Entity,
    diagnostics: &mut Diagnostics,
) -> Option<Column> {
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
    let written = attrs.kinds.0.iter();
    let mut kinds: Vec<_> =
        written.map(|kind| (read_kind::written(kind, &ty, diagnostics), kind.key)).collect();
    let kind_is_written = !kinds.is_empty();
    // A projection takes the kind from its table.
    if kinds.is_empty() && !entity.is_projection() {
        kinds.extend(read_kind::implied(&ty).map(|kind| (kind, ty.span())));
    }
    let required = words::variant("required", attrs.required.as_ref(), words::REQUIRED, diagnostics);
    let computed = words::variant("computed", attrs.computed.as_ref(), words::COMPUTED, diagnostics);
    let on_delete = words::variant("on_delete", attrs.on_delete.as_ref(), words::CASCADE, diagnostics);
    let (vis, docs) = (field.vis.clone(), Docs::read(&field.attrs, &names::text(&entity.ident)));
    Some(Column {
        own: names::own(&ident),
        type_at: names::at(ty.span()),
        ident,
        vis,
        docs,
        ty,
        logical,
        kinds,
        kind_is_written,
        attrs,
        required,
        computed,
        on_delete,
        in_read_only_table: entity.is_read_only(),
        damaged,
    })
}

impl Entity {
    pub(super) fn is_projection(&self) -> bool {
        self.of.is_some()
    }

    /// Returns the logical name. If it is missing, there is an error already.
    pub(super) fn logical(&self) -> &str {
        value_of(self.attrs.logical.as_ref()).unwrap_or_default()
    }

    /// Returns the entity set name. If it is missing, there is an error already.
    pub(super) fn set(&self) -> &str {
        value_of(self.attrs.set.as_ref()).unwrap_or_default()
    }

    /// Returns the other names and texts of the table, each with its name in the metadata.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let attrs = &self.attrs;
        let texts = [
            ("schema_name", &attrs.schema),
            ("logical_collection_name", &attrs.collection_logical),
            ("collection_schema_name", &attrs.collection_schema),
            ("display_name", &attrs.display),
            ("display_collection_name", &attrs.display_collection),
            ("description", &attrs.description),
            ("solution", &attrs.solution),
        ];
        texts.into_iter().filter_map(|(name, text)| Some((name, value_of(text.as_ref())?)))
    }

    /// Returns whether no message writes the table. It then has no drafts.
    pub(super) fn is_read_only(&self) -> bool {
        self.attrs.read_only.is_given()
    }

    pub(super) fn is_activity(&self) -> bool {
        self.attrs.activity.is_given()
    }

    pub(super) fn is_business_process_flow(&self) -> bool {
        self.attrs.business_process_flow.is_given()
    }

    pub(super) fn is_user_owned(&self) -> bool {
        self.ownership.as_ref().is_some_and(|ownership| ownership == "UserOwned")
    }

    /// Returns the alternate keys: the name of each, and its columns.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.attrs.key.iter().map(|keyed| {
            let columns = keyed.value.columns.iter().flat_map(|columns| &columns.0);
            let columns = columns.map(|column| column.value.as_str()).collect();
            (value_of(keyed.value.name.as_ref()).unwrap_or_default(), columns)
        })
    }

    pub(super) fn column(&self, logical: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.logical.value == logical)
    }

    pub(super) fn primary_id(&self) -> Option<(usize, &Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.is_primary_id())
    }

    pub(super) fn primary_name(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.attrs.primary_name.is_given())
    }
}

fn value_of(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

impl Column {
    /// Returns the kind. If it is unknown, there is an error already, and the kind returned has no requirements.
    pub(super) fn kind(&self) -> &Kind {
        self.kinds.first().map_or(Kind::UNKNOWN, |(kind, _)| kind)
    }

    /// Returns the row of the kind in the table of kinds.
    pub(super) fn spec(&self) -> &'static KindSpec {
        self.kind().spec
    }

    /// Returns the row of the kind, if the kind is known.
    pub(super) fn known_spec(&self) -> Option<&'static KindSpec> {
        self.kinds.first().map(|(kind, _)| kind.spec)
    }

    /// Returns the kind that was written, with its span.
    pub(super) fn written_kind(&self) -> Option<(&'static KindSpec, Span)> {
        let (kind, span) = self.kinds.first().filter(|_| self.kind_is_written)?;
        Some((kind.spec, *span))
    }

    pub(super) fn is_primary_id(&self) -> bool {
        self.attrs.primary_id.is_given()
    }

    /// Returns the span of `primary_id`.
    pub(super) fn primary_id_span(&self) -> Option<Span> {
        self.attrs.primary_id.span()
    }

    pub(super) fn is_read_only(&self) -> bool {
        self.in_read_only_table || self.attrs.read_only.is_given()
    }

    pub(super) fn is_update_only(&self) -> bool {
        self.attrs.update_only.is_given()
    }

    pub(super) fn is_readable(&self) -> bool {
        !self.attrs.not_readable.is_given()
    }

    pub(super) fn is_localizable(&self) -> bool {
        self.attrs.localizable.is_given()
    }

    pub(super) fn is_on_forms(&self) -> bool {
        self.attrs.form.as_ref().is_none_or(|form| form.0)
    }

    pub(super) fn schema(&self) -> Option<&str> {
        value_of(self.attrs.schema.as_ref())
    }

    pub(super) fn display(&self) -> Option<&str> {
        value_of(self.attrs.display.as_ref())
    }

    pub(super) fn description(&self) -> Option<&str> {
        value_of(self.attrs.description.as_ref())
    }

    pub(super) fn solution(&self) -> Option<&str> {
        value_of(self.attrs.solution.as_ref())
    }

    /// Returns the schema name of a lookup's relationship, or of its relationships.
    pub(super) fn relationship(&self) -> Option<&Nav> {
        self.attrs.relationship.as_ref()
    }

    /// Returns the type of the values: that in the field's `Option`, or the field's type.
    pub(super) fn value_type(&self) -> &Type {
        types::unwrap_option(&self.ty)
    }

    /// Returns whether the type is named `Option`.
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

    /// Returns whether queries can name the column: the Web API has a property for it, and it can be read.
    pub(super) fn is_queryable(&self) -> bool {
        self.source().is_none() && !self.has_no_property() && self.is_readable()
    }

    /// Whether the Web API has a property for the column that a body can hold.
    pub(super) fn is_writable_property(&self) -> bool {
        self.source().is_none() && !self.has_no_property() && self.spec().is_writable_property()
    }

    /// Returns whether any message writes the column. None writes what Dataverse computes.
    fn is_written(&self) -> bool {
        !self.is_read_only() && self.attrs.computed.is_none()
    }

    pub(super) fn is_valid_for_create(&self) -> bool {
        self.is_written() && !self.is_update_only()
    }

    /// Returns whether an update can write the column. A primary id names the record and never changes.
    pub(super) fn is_valid_for_update(&self) -> bool {
        self.is_written() && !self.attrs.create_only.is_given() && !self.is_primary_id()
    }

    pub(super) fn is_creatable(&self) -> bool {
        self.is_valid_for_create() && self.is_writable_property()
    }

    pub(super) fn is_updatable(&self) -> bool {
        self.is_valid_for_update() && self.is_writable_property()
    }

    /// Returns whether an update can clear the column. The platform requires a value in some.
    pub(super) fn is_clearable(&self) -> bool {
        let system = self.required.as_ref().is_some_and(|level| level == "SystemRequired");
        !system && self.spec().is_clearable()
    }

    /// Returns whether the column has this role. One without property has none: its field holds nothing.
    pub(super) fn has_role(&self, role: Role) -> bool {
        !self.has_no_property() && self.spec().role == role
    }

    /// Returns whether the Web API has no property for the column, whatever its kind.
    pub(super) fn has_no_property(&self) -> bool {
        self.attrs.no_property.is_given()
    }

    /// Returns whether the field holds references.
    pub(super) fn is_lookup(&self) -> bool {
        !self.has_no_property() && self.spec().is_lookup()
    }

    /// Returns whether the field holds options.
    pub(super) fn has_options(&self) -> bool {
        !self.has_no_property() && self.spec().has_options()
    }

    /// Returns whether the lookup makes a hierarchy of the table's records.
    pub(super) fn is_hierarchical(&self) -> bool {
        self.attrs.hierarchical.is_given()
    }

    pub(super) fn nav(&self) -> Option<&Nav> {
        self.attrs.nav.as_ref()
    }
}

/// Returns the name of the const of a field: that of the field in capitals.
pub(super) fn const_name(field: &Ident) -> Ident {
    names::generated(&names::text(field).to_uppercase(), field)
}
