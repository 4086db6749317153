//! Reading: the columns that a struct reads, and how a response gets into its fields.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, parse_quote};

use super::super::model::{Column, Entity, FieldIndex};
use super::assertions::column_name;
use super::field_trait::{Arms, Function, ask};
use crate::common::names;
use crate::common::types;

/// A table reads all its columns.
pub(super) fn table(entity: &Entity) -> TokenStream {
    let count = entity.columns.len();
    let ident = &entity.ident;
    let columns = quote!(&__dv::all_columns::<#count>(&__METADATA));
    implement(entity, &quote!(#ident), &quote!(&__METADATA), &columns)
}

/// A projection reads the columns it names.
pub(super) fn projection(entity: &Entity) -> TokenStream {
    let Some(of) = &entity.of else { return TokenStream::new() };
    let columns = (0..entity.columns.len()).map(column_name);
    implement(entity, &quote!(#of), &quote!(__TABLE), &quote!(&[#(#columns),*]))
}

fn implement(
    entity: &Entity,
    table: &TokenStream,
    metadata: &TokenStream,
    columns: &TokenStream,
) -> TokenStream {
    let code = fields(entity);
    let read = with_bounds(entity, &reading(&entity.generics), true);
    let projection = projection_trait(entity, table, metadata, columns, &code.required);
    let fields = fields_trait(entity, &read, &code);
    let from_row = from_row_trait(entity, &read, &code.blanks);
    let write_row = write_row_trait(entity, &code);
    quote!(#projection #fields #from_row #write_row)
}

fn projection_trait(
    entity: &Entity,
    table: &TokenStream,
    metadata: &TokenStream,
    columns: &TokenStream,
    required: &[TokenStream],
) -> TokenStream {
    let ident = &entity.ident;
    let (_, type_generics, _) = entity.generics.split_for_impl();
    let shape = with_bounds(entity, &entity.generics, false);
    let (shape_generics, _, shape_where) = shape.split_for_impl();
    let expands = entity.expands.iter().map(|expand| {
        let (nav, ty) = (&expand.nav.value, &expand.ty);
        let shape = quote_spanned!(names::at(ty.span())=> <#ty as __dv::ExpandShape>);
        quote!(__dv::ExpandPlan { navigation: #nav, plan: #shape::plan, is_many: #shape::IS_MANY })
    });
    quote! {
        const __COLUMNS: &[&__dv::AttributeMetadata] = #columns;

        #[automatically_derived]
        impl #shape_generics __dv::Projection for #ident #type_generics #shape_where {
            type Table = #table;

            const PLAN: &'static __dv::RowPlan =
                &__dv::RowPlan {
                    name: ::core::any::type_name::<Self>,
                    table: #metadata,
                    columns: __COLUMNS,
                    index: &__dv::column_index::<{ __dv::index_length(__COLUMNS) }>(__COLUMNS),
                    required: &[#(#required),*],
                    expands: &[#(#expands),*],
                };
        }
    }
}

fn fields_trait(entity: &Entity, read: &Generics, code: &FieldCode<'_>) -> TokenStream {
    let ident = &entity.ident;
    let (_, type_generics, _) = entity.generics.split_for_impl();
    let (read_generics, _, read_where) = read.split_for_impl();
    let FieldCode { columns: Arms { indices, functions, fields }, expands, .. } = code;
    // The compiler would put the default of each struct into a unit of its own.
    let expand = match expands.is_empty() {
        true => quote!(__dv::Option::None),
        false => quote! {
            __dv::Option::Some(match index {
                #(#expands)*
                _ => return __dv::Option::None,
            })
        },
    };
    let index = match expands.is_empty() {
        true => quote!(_),
        false => quote!(index),
    };
    quote! {
        #[automatically_derived]
        impl #read_generics __dv::Fields<'__de> for #ident #type_generics #read_where {
            #[inline]
            fn read_column(
                &mut self,
                index: ::core::primitive::usize,
                cell: __dv::Cell<'_, '__de>,
                strings: &mut __dv::SharedStrings,
            ) -> __dv::Result<(), __dv::ValueError> {
                match index {
                    #(#indices => #functions(&mut self.#fields, cell, strings),)*
                    _ => __dv::Result::Ok(()),
                }
            }

            #[inline]
            fn expand_mut(
                &mut self,
                #index: ::core::primitive::usize,
            ) -> __dv::Option<&mut dyn __dv::FillExpand<'__de>> {
                #expand
            }
        }
    }
}

fn from_row_trait(entity: &Entity, read: &Generics, blanks: &[TokenStream]) -> TokenStream {
    let ident = &entity.ident;
    let (_, type_generics, _) = entity.generics.split_for_impl();
    let (read_generics, _, read_where) = read.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #read_generics __dv::FromRow<'__de> for #ident #type_generics #read_where {
            #[inline]
            fn blank() -> Self {
                Self { #(#blanks),* }
            }
        }
    }
}

/// Implements `WriteRow`: the cells that a response would hold.
fn write_row_trait(entity: &Entity, code: &FieldCode<'_>) -> TokenStream {
    let ident = &entity.ident;
    let (_, type_generics, _) = entity.generics.split_for_impl();
    let shape = with_bounds(entity, &entity.generics, false);
    let (shape_generics, _, shape_where) = shape.split_for_impl();
    let FieldCode { cells: Arms { indices, functions, fields }, rows, .. } = code;
    let expanded = (!rows.is_empty()).then(|| {
        quote! {
            #[inline]
            fn expanded(
                &self,
                index: ::core::primitive::usize,
            ) -> __dv::Option<&dyn __dv::ExpandedRows> {
                __dv::Option::Some(match index {
                    #(#rows)*
                    _ => return __dv::Option::None,
                })
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #shape_generics __dv::WriteRow for #ident #type_generics #shape_where {
            #[inline]
            fn cell(&self, column: ::core::primitive::usize) -> __dv::WrittenCell<'_> {
                match column {
                    #(#indices => #functions(&self.#fields),)*
                    _ => __dv::WrittenCell::NULL,
                }
            }

            #expanded
        }
    }
}

/// The code that reads and writes the fields.
#[derive(Default)]
struct FieldCode<'e> {
    /// The value of each field before it is read, in the order of the struct.
    blanks: Vec<TokenStream>,
    /// The arms that read the columns.
    columns: Arms<'e>,
    /// The arm that fills each field of expanded records.
    expands: Vec<TokenStream>,
    /// The columns whose fields are no `Option`, each with whether it must have a value.
    required: Vec<TokenStream>,
    /// The arms that make the cells of the columns.
    cells: Arms<'e>,
    /// The arm that lends each field of expanded records.
    rows: Vec<TokenStream>,
}

fn fields(entity: &Entity) -> FieldCode<'_> {
    let FieldCode { mut blanks, mut columns, mut expands, mut required, mut cells, mut rows } =
        FieldCode::default();
    for field in &entity.order {
        match *field {
            FieldIndex::Column(index) => {
                let Some(column) = entity.columns.get(index) else { continue };
                let ask = |what: &'static str| {
                    if entity.is_projection() {
                        let (ty, what) = (&column.ty, names::runtime(what));
                        let path = quote_spanned!(column.type_at=> <#ty as __dv::ReadColumn<'__de>>::#what);
                        Function::Other(path)
                    } else {
                        Function::OfKind(ask(entity, column, what))
                    }
                };
                let ident = &column.ident;
                if column.is_option() {
                    blanks.push(quote!(#ident: __dv::Option::None));
                } else {
                    let blank = ask("blank");
                    blanks.push(quote!(#ident: #blank()));
                    let is_required = is_required(entity, column);
                    required.push(quote!((#index, #is_required)));
                }
                columns.push(index, ask("read"), ident);
                cells.push(index, cell_of(entity, column), ident);
            }
            FieldIndex::Expand(index) => {
                let Some(expand) = entity.expands.get(index) else { continue };
                let (ident, ty) = (&expand.ident, &expand.ty);
                let of = quote_spanned!(names::at(ty.span())=> <#ty as __dv::ExpandField<'__de>>);
                blanks.push(quote!(#ident: #of::blank()));
                expands.push(quote!(#index => #of::fill(&mut self.#ident),));
                let of = quote_spanned!(names::at(ty.span())=> <#ty as __dv::ExpandShape>);
                rows.push(quote!(#index => #of::rows(&self.#ident),));
            }
            FieldIndex::Skipped(index) => {
                let Some((ident, ty)) = entity.skipped.get(index) else { continue };
                let of = quote_spanned!(names::at(ty.span())=> <#ty as __dv::Default>);
                blanks.push(quote!(#ident: #of::default()));
            }
        }
    }
    FieldCode { blanks, columns, expands, required, cells, rows }
}

/// Returns the path of what makes the cell of a column.
fn cell_of<'e>(entity: &'e Entity, column: &'e Column) -> Function<'e> {
    if !entity.is_projection() {
        return ask(entity, column, "cell").into();
    }
    let ty = &column.ty;
    if types::mentions_parameter(ty, &entity.generics) {
        return quote_spanned!(column.type_at=> <#ty as __dv::WriteCell>::cell).into();
    }
    quote_spanned!(column.type_at=> <#ty as __dv::ReadColumn<'static>>::cell).into()
}

/// Returns whether the column must have a value. `true` for a type with parameters: the reader then checks each record.
fn is_required(entity: &Entity, column: &Column) -> TokenStream {
    if !entity.is_projection() {
        return ask(entity, column, "IS_REQUIRED").into_token_stream();
    }
    if types::mentions_parameter(&column.ty, &entity.generics) {
        return quote!(true);
    }
    let ty = types::with_static_lifetimes(&column.ty);
    quote_spanned!(column.type_at=> <#ty as __dv::ReadColumn<'static>>::IS_REQUIRED)
}

/// Adds the lifetime of the response, which outlives what the struct borrows from it.
fn reading(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let lifetimes: Vec<_> = generics.lifetimes().map(|parameter| parameter.lifetime.clone()).collect();
    let parameter: syn::GenericParam =
        if lifetimes.is_empty() { parse_quote!('__de) } else { parse_quote!('__de: #(#lifetimes)+*) };
    generics.params.insert(0, parameter);
    generics
}

/// Adds a bound for each field whose type mentions a parameter.
fn with_bounds(entity: &Entity, generics: &Generics, reading: bool) -> Generics {
    let mut generics = generics.clone();
    let mentions = |ty: &&syn::Type| types::mentions_parameter(ty, &entity.generics);
    let mut predicates: Vec<syn::WherePredicate> = Vec::new();
    for ty in entity.expands.iter().map(|expand| &expand.ty).filter(mentions) {
        predicates.push(if reading {
            parse_quote!(#ty: __dv::ExpandField<'__de>)
        } else {
            parse_quote!(#ty: __dv::ExpandShape)
        });
    }
    for ty in entity.columns.iter().map(|column| &column.ty).filter(mentions) {
        predicates.push(if reading {
            parse_quote!(#ty: __dv::ReadColumn<'__de>)
        } else {
            parse_quote!(#ty: __dv::WriteCell)
        });
    }
    if reading {
        for ty in entity.skipped.iter().map(|(_, ty)| ty).filter(mentions) {
            predicates.push(parse_quote!(#ty: __dv::Default));
        }
    }
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}
