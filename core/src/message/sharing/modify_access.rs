//! The message ModifyAccess: `POST /ModifyAccess`.

use super::share_message::share_message;

share_message! {
    /// Replaces the rights that sharing gives a user or a team on a record of `T`.
    ///
    /// ```
    /// use dataverse_entity::message::PrincipalRef;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
    /// let user = PrincipalRef::user(Uuid::from_u128(8));
    /// let request = SessionEvent::modify_access(event, user, AccessRights::READ).request(&org)?;
    /// assert_eq!(request.uri().path(), "/api/data/v9.2/ModifyAccess");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    ModifyAccess,
    /// Creates the message for this record, the user or team, and the new rights.
}
