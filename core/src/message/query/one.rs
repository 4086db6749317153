//! Queries that read one record.

use bytes::Bytes;
use http::{Request, Response};

use super::query::Query;
use crate::message::http::{Error, Organization, Reply, RequestOptions};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::record::FromRow;
use crate::{Entity, Page, Projection, Record};

/// Declares a message that sends a query and takes one record from its answer.
macro_rules! few {
    ($(#[doc = $doc:literal])+ $name:ident<$projection:ident> -> $output:ty = $read:expr;) => {
        $(#[doc = $doc])+
        #[must_use = "a message does nothing until it is sent"]
        pub struct $name<$projection: Projection> {
            query: Query<$projection>,
        }

        message_type!($name<$projection> where [$projection: Projection] { query });

        impl<$projection: Projection> $name<$projection> {
            pub(super) fn new(query: Query<$projection>) -> Self {
                Self { query }
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$projection: Projection + for<'de> FromRow<'de>> Message for $name<$projection> {
            type Output = $output;

            fn message_name(&self) -> &'static str {
                self.query.message_name()
            }

            fn is_idempotent(&self) -> bool {
                true
            }

            fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
                self.query.request(org)
            }

            fn request_with(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
                self.query.request_with(org, options)
            }

            fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
                let page: Page<$projection> = Reply::accepted(response)?.page()?;
                $read(page.records)
            }
        }
    };
}

few! {
    /// Reads the first record that a query finds; `None` if there is none. [`Query::first`] makes it.
    First<P> -> Option<Record<P>> = |records: Vec<Record<P>>| Ok(records.into_iter().next());
}

few! {
    /// Reads the only record that a query finds. [`Query::one`] makes it.
    ExactlyOne<P> -> Record<P> = |records| {
        let name = P::Table::METADATA.logical_name;
        at_most_one(records)?.ok_or_else(|| Error::no_record(format!("no record of {name} matches the query")))
    };
}

few! {
    /// Reads the only record that a query finds; `None` if there is none. [`Query::at_most_one`] makes it.
    AtMostOne<P> -> Option<Record<P>> = at_most_one;
}

fn at_most_one<P: Projection>(records: Vec<Record<P>>) -> Result<Option<Record<P>>, Error> {
    let mut records = records.into_iter();
    match (records.next(), records.next()) {
        (found, None) => Ok(found),
        (_, Some(_)) => {
            let name = P::Table::METADATA.logical_name;
            Err(Error::not_unique(format!("more than one record of {name} matches the query")))
        }
    }
}
