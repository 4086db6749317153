//! Declares GrantAccess and ModifyAccess, which differ only in their names.

/// Declares a message that gives a user or a team rights on a record. Takes its doc, its name, and the doc of
/// `new`.
macro_rules! share_message {
    ($(#[doc = $doc:literal])+ $name:ident, $(#[doc = $new_doc:literal])+) => {
        $(#[doc = $doc])+
        #[must_use = "a message does nothing until it is sent"]
        pub struct $name<T> {
            record: $crate::Id<T>,
            principal: Result<$crate::message::PrincipalRef, String>,
            rights: $crate::message::AccessRights,
        }

        $crate::message::message_type::message_type!($name<T> where [] { record, principal, rights });

        impl<T: $crate::table::UserOwned> $name<T> {
            $(#[doc = $new_doc])+
            pub fn new(
                record: $crate::Id<T>,
                principal: impl $crate::message::AsPrincipal,
                rights: $crate::message::AccessRights,
            ) -> Self {
                Self { record, principal: principal.principal().map_err(|error| error.to_string()), rights }
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: $crate::table::UserOwned> $crate::message::Message for $name<T> {
            type Output = ();

            fn message_name(&self) -> &'static str {
                stringify!($name)
            }

            fn request(
                &self,
                org: &$crate::message::Organization,
            ) -> Result<http::Request<bytes::Bytes>, $crate::message::Error> {
                let body = $crate::message::sharing::parts::grant(self.record, &self.principal, self.rights)?;
                $crate::message::http::RequestBuilder::new(org, http::Method::POST, stringify!($name))
                    .json(body.to_string())
                    .build()
            }

            fn response(
                &self,
                response: http::Response<bytes::Bytes>,
            ) -> Result<(), $crate::message::Error> {
                let reply = $crate::message::http::Reply::accepted(response);
                reply.map($crate::message::http::Reply::nothing)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: $crate::table::UserOwned> $crate::message::WriteMessage for $name<T> {}
    };
}
pub(super) use share_message;
