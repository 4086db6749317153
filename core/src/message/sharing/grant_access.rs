//! The message GrantAccess: `POST /GrantAccess`.

use super::share_message::share_message;

share_message! {
    /// Shares a record of `T` with a user or a team. The rights are added to those that they have.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{SessionEvent, Team};
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
    /// let team: Id<Team> = Id::new(Uuid::from_u128(8));
    /// let rights = AccessRights::READ | AccessRights::WRITE;
    /// let request = SessionEvent::grant_access(event, team, rights).request(&org)?;
    /// assert_eq!(request.uri().path(), "/api/data/v9.2/GrantAccess");
    /// let body = str::from_utf8(request.body()).unwrap();
    /// assert!(body.contains(r#""AccessMask":"ReadAccess,WriteAccess""#));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    GrantAccess,
    /// Creates the message for this record, the user or team, and the rights to add.
}
