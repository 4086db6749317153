//! The drafts of a table: the type that a create sends, and the type that an update sends.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::super::kind::Role;
use super::super::model::{Column, Entity};
use super::field_trait::{Arms, ask};
use super::written_type::{target_type, written_type};
use crate::common::docs;
use crate::common::names;
use crate::common::types;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum DraftKind {
    Create,
    Update,
}

/// What holds the value of a column in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Left out or set.
    Option,
    /// Left out, cleared or set.
    Change,
}

/// One draft of a table.
pub(in super::super) struct Draft<'e> {
    entity: &'e Entity,
    kind: DraftKind,
    /// Whether the draft holds every column. Then there are errors, and the rest of the user's code has to compile.
    lenient: bool,
}

impl<'e> Draft<'e> {
    pub(in super::super) fn new(entity: &'e Entity, kind: DraftKind) -> Self {
        Self { entity, kind, lenient: false }
    }

    pub(in super::super) fn lenient(entity: &'e Entity, kind: DraftKind) -> Self {
        Self { entity, kind, lenient: true }
    }

    pub(in super::super) fn ident(&self) -> &'e Ident {
        match self.kind {
            DraftKind::Create => &self.entity.create,
            DraftKind::Update => &self.entity.update,
        }
    }

    /// Returns the columns of the draft, with their indices.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &'e Column)> {
        let (kind, lenient) = (self.kind, self.lenient);
        let broken = if lenient { &self.entity.broken[..] } else { &[] };
        let columns = self.entity.columns.iter().chain(broken).enumerate();
        columns.filter(move |(_, column)| holds(kind, lenient, column))
    }

    /// Returns how the draft holds a column. Only an update can clear one, and only if it is not required.
    pub(super) fn slot(&self, column: &Column) -> Slot {
        match self.kind {
            DraftKind::Update if self.lenient || column.is_clearable() => Slot::Change,
            _ => Slot::Option,
        }
    }

    /// Returns the primary id if the draft is an update: it names the record.
    fn key(&self) -> Option<&'e Column> {
        match self.kind {
            DraftKind::Create => None,
            DraftKind::Update => self.entity.primary_id().map(|(_, column)| column),
        }
    }

    /// Returns the name of the type that stands for the kind.
    pub(in super::super) fn marker(&self) -> TokenStream {
        match self.kind {
            DraftKind::Create => quote!(CreateDraft),
            DraftKind::Update => quote!(UpdateDraft),
        }
    }

    /// Returns the struct.
    pub(in super::super) fn define(&self) -> TokenStream {
        let (ident, vis, krate) = (self.ident(), &self.entity.vis, &self.entity.krate);
        let private = quote!(#krate::__private);
        let table = names::text(&self.entity.ident);
        let logical = self.entity.logical();
        let sentence = match self.kind {
            DraftKind::Create => format!(
                "What a create of [`{table}`] (`{logical}`) sends. A column that is `None` is left out. Starts as \
                 `{table}::create()`."
            ),
            DraftKind::Update => format!(
                "What an update of [`{table}`] (`{logical}`) sends. A column that is `Keep` or `None` is left out. Starts as \
                 `{table}::update(record)`."
            ),
        };
        let doc = self.entity.docs.with_sentence(&sentence, None);
        let key = self.key().map(|column| {
            let (ident, vis, table) = (&column.ident, &column.vis, &self.entity.ident);
            quote! {
                #[doc = "The record that is updated."]
                #vis #ident: #private::RecordRef<#table>,
            }
        });
        let fields = self.columns().map(|(_, column)| {
            let (ident, vis, aliases) = (&column.own, &column.vis, column.docs.aliases());
            let (doc, ty) = (self.field_doc(column), self.slot_type(column, &private));
            quote! { #doc #aliases #vis #ident: #ty, }
        });
        let growing = self.entity.is_non_exhaustive.then(|| quote!(#[non_exhaustive]));
        quote! {
            #doc
            #growing
            #[must_use = "a draft does nothing until it is sent"]
            #vis struct #ident { #key #(#fields)* }
        }
    }

    fn field_doc(&self, column: &Column) -> TokenStream {
        let what = match (self.kind, self.slot(column)) {
            (DraftKind::Create, _) => "The value of",
            (DraftKind::Update, Slot::Option) => "The new value of",
            (DraftKind::Update, Slot::Change) => "The change to",
        };
        described(column, &format!("{what} `{}`.", column.logical.value))
    }

    fn slot_type(&self, column: &Column, private: &TokenStream) -> TokenStream {
        let value = match (self.lenient, column.is_lookup()) {
            // The error may be in what the lookup points to.
            (true, true) => quote!(()),
            _ => written_type(self.entity, column, private).into_token_stream(),
        };
        match self.slot(column) {
            Slot::Option => quote!(#private::Option<#value>),
            Slot::Change => quote!(#private::Change<#value>),
        }
    }

    /// Returns the impls of the struct.
    pub(in super::super) fn implement(&self) -> TokenStream {
        let setters = self.setters();
        let (clone, default) = (self.clone_impl(), self.default_impl());
        let draft = self.draft_impls();
        quote! { #setters #clone #default #draft }
    }

    /// Returns a setter for each column of the draft, and for each other column a method that the compiler rejects with a
    /// reason.
    pub(in super::super) fn setters(&self) -> TokenStream {
        let ident = self.ident();
        let held = self.columns().map(|(_, column)| self.setter(column));
        let refused =
            self.entity.columns.iter().filter(|column| !holds(self.kind, self.lenient, column)).map(
                |column| {
                    let guard = guard_of(column);
                    let set = refused_setter(column, &guard);
                    let clear = (self.kind == DraftKind::Update).then(|| refused_clear(column, &guard));
                    quote!(#set #clear)
                },
            );
        quote! {
            #[automatically_derived]
            impl #ident { #(#held)* #(#refused)* }
        }
    }

    fn setter(&self, column: &Column) -> TokenStream {
        if self.lenient {
            return self.lenient_setter(column);
        }
        let (ident, vis) = (&column.own, &column.vis);
        let private = quote!(__dv);
        let logical = &column.logical.value;
        let with_state = match self.kind {
            DraftKind::Update if column.has_role(Role::Status) => {
                " The update also sends the matching state."
            }
            _ => "",
        };
        let doc = described(column, &format!("Sets `{logical}`.{with_state}"));
        let aliases = column.docs.aliases();
        // The compiler names the bound in its refusals: with the field's own span it shows the field, without a trace of the
        // macro. The bound has a name of its own, because `unused_qualifications` takes it for the user's.
        let at = column.ident.span();
        let is_primitive = types::is_primitive(column.value_type());
        let (argument, setter) = if column.is_lookup() {
            let target = target_type(column, &private);
            let bound = quote_spanned!(at=> __dv::BoundBindTo<#target>);
            (quote!(impl #bound), ["bind", "rebind"])
        } else if column.has_role(Role::PartyList) {
            let bound = quote_spanned!(at=> __dv::BoundIntoParties);
            (quote!(impl #bound), ["set_parties", "change_parties"])
        } else {
            let ty = written_type(self.entity, column, &private).into_token_stream();
            let bound = quote_spanned!(at=> __dv::BoundIntoValue<#ty>);
            (if is_primitive { ty } else { quote!(impl #bound) }, ["set", "change"])
        };
        let setter = match self.slot(column) {
            Slot::Option => setter[0],
            Slot::Change => setter[1],
        };
        // A generic method is compiled where it is called. One that is not would be compiled here without this.
        let inline = is_primitive.then(|| quote!(#[inline]));
        let set = names::runtime(setter);
        let clear = match (self.kind, self.slot(column)) {
            (DraftKind::Create, _) => None,
            (DraftKind::Update, Slot::Option) => {
                Some(refused_clear(column, &refusal("NotClearable", column)))
            }
            (DraftKind::Update, Slot::Change) => Some(clear_method(column)),
        };
        quote! {
            #doc
            #aliases
            #inline
            #vis fn #ident(mut self, #ident: #argument) -> Self {
                __dv::#set(&mut self.#ident, #ident);
                self
            }
            #clear
        }
    }

    /// Returns a setter that takes any value.
    fn lenient_setter(&self, column: &Column) -> TokenStream {
        let (ident, vis) = (&column.own, &column.vis);
        let clear = format!("clear_{}", names::text(&column.ident));
        let taken = self.entity.columns.iter().any(|other| names::text(&other.ident) == clear);
        let clear = (self.kind == DraftKind::Update && !taken).then(|| {
            let clear = clear_ident(column);
            quote!(#vis fn #clear(self) -> Self { self })
        });
        quote! {
            #vis fn #ident<__V>(self, _: __V) -> Self { self }
            #clear
        }
    }

    /// Returns `Clone` by field.
    fn clone_impl(&self) -> TokenStream {
        let ident = self.ident();
        let copies = self.columns().map(|(_, column)| {
            let ident = &column.own;
            quote!(#ident: __dv::Clone::clone(&self.#ident),)
        });
        let copied_key = self.key().map(|column| {
            let ident = &column.ident;
            quote!(#ident: __dv::Clone::clone(&self.#ident),)
        });
        quote! {
            #[automatically_derived]
            impl __dv::Clone for #ident {
                #[inline]
                fn clone(&self) -> Self {
                    Self { #copied_key #(#copies)* }
                }
            }
        }
    }

    /// Returns `Default` for a create. An update has none, since it needs a key.
    fn default_impl(&self) -> Option<TokenStream> {
        let ident = self.ident();
        let fields = self.columns().map(|(_, column)| &column.own);
        (self.kind == DraftKind::Create).then(|| {
            quote! {
                #[automatically_derived]
                impl __dv::Default for #ident {
                    #[inline]
                    fn default() -> Self {
                        Self { #(#fields: __dv::Option::None),* }
                    }
                }
            }
        })
    }

    fn draft_impls(&self) -> TokenStream {
        let (ident, table) = (self.ident(), &self.entity.ident);
        let name = names::text(ident);
        let kind = match self.kind {
            DraftKind::Create => quote!(Create),
            DraftKind::Update => quote!(Update),
        };
        let marker = self.marker();
        let mut pending = Arms::default();
        for (index, column) in self.columns() {
            let what = match self.slot(column) {
                Slot::Option => "option",
                Slot::Change => "change",
            };
            pending.push(index, ask(self.entity, column, what), &column.own);
        }
        let Arms { indices: held, functions, fields } = pending;
        let besides = match self.key().map(|column| &column.ident) {
            Some(key) => quote!(Record(__dv::RecordRef::address(&self.#key))),
            None => quote!(NOTHING),
        };
        quote! {
            __dv::draft_impls!(#marker, #ident, #table);

            #[automatically_derived]
            impl __dv::Columns for #ident {
                #[inline]
                fn plan(&self) -> &'static __dv::DraftPlan {
                    static PLAN: __dv::DraftPlan = __dv::DraftPlan {
                        name: #name,
                        table: &__METADATA,
                        kind: __dv::DraftKind::#kind,
                        columns: &[#(#held),*],
                    };
                    &PLAN
                }

                #[inline]
                fn pending(&self, column: ::core::primitive::usize) -> __dv::Pending<'_> {
                    match column {
                        #(#held => #functions(&self.#fields),)*
                        _ => __dv::Pending::Keep,
                    }
                }

                #[inline]
                fn besides(&self) -> __dv::Besides<'_> {
                    __dv::Besides::#besides
                }
            }
        }
    }
}

/// Returns whether a draft holds the column.
fn holds(kind: DraftKind, lenient: bool, column: &Column) -> bool {
    match kind {
        DraftKind::Create => lenient || column.is_creatable(),
        DraftKind::Update if lenient => !column.is_primary_id(),
        DraftKind::Update => column.is_updatable(),
    }
}

/// Returns the name of the method that clears a column.
fn clear_ident(column: &Column) -> Ident {
    Ident::new(&format!("clear_{}", names::text(&column.ident)), column.own.span())
}

/// Returns the method that clears a column.
fn clear_method(column: &Column) -> TokenStream {
    let (ident, own, vis) = (clear_ident(column), &column.own, &column.vis);
    let doc = format!("Clears `{}`.", column.logical.value);
    quote! {
        #[doc = #doc]
        #[inline]
        #vis fn #ident(mut self) -> Self {
            self.#own = __dv::Change::Clear;
            self
        }
    }
}

/// Returns a setter that the compiler always rejects: the message of the guard is the reason.
fn refused_setter(column: &Column, guard: &TokenStream) -> TokenStream {
    let (ident, vis) = (&column.own, &column.vis);
    quote! {
        #[doc(hidden)]
        #vis fn #ident<__V>(self, _: __V) -> Self
        where
            for<'__never> Self: #guard,
        {
            self
        }
    }
}

/// Returns a method that clears a column, and that the compiler always rejects.
fn refused_clear(column: &Column, guard: &TokenStream) -> TokenStream {
    let (ident, vis) = (clear_ident(column), &column.vis);
    quote! {
        #[doc(hidden)]
        #vis fn #ident(self) -> Self
        where
            for<'__never> Self: #guard,
        {
            self
        }
    }
}

/// Returns the trait whose message says why a draft does not hold a column.
fn guard_of(column: &Column) -> TokenStream {
    let guard = if column.computed.is_some() {
        "ReadOnly"
    } else if !column.is_writable_property() {
        "NotProperty"
    } else if column.is_read_only() {
        "ReadOnly"
    } else if column.is_update_only() {
        "UpdateOnly"
    } else if column.is_primary_id() {
        "PrimaryId"
    } else {
        "CreateOnly"
    };
    refusal(guard, column)
}

/// The bound that refuses a method. Its span is the field's own, for the reason that [`Draft::setter`] gives.
fn refusal(guard: &str, column: &Column) -> TokenStream {
    let at = column.ident.span();
    let guard = Ident::new(guard, at);
    quote_spanned!(at=> __dv::#guard<'__never>)
}

/// Returns the doc of an item that belongs to a column: a sentence of its own, then what the user says of the column.
fn described(column: &Column, sentence: &str) -> TokenStream {
    column.docs.with_sentence(sentence, annotated_doc(column).as_deref())
}

/// Returns what `display` and `description` say, for a column without a doc comment.
pub(super) fn annotated_doc(column: &Column) -> Option<String> {
    match (column.display().map(docs::escape), column.description().map(docs::escape)) {
        (Some(display), Some(description)) => Some(format!("{display}: {description}")),
        (Some(display), None) => Some(format!("{display}.")),
        (None, description) => description,
    }
}
