//! The message ModifyAccess: `POST /ModifyAccess`.

use super::share_message::share_message;

share_message! {
    /// Replaces the rights that sharing gives a user or a team on a record of `T`.
    ModifyAccess,
    /// Creates the message for this record, the user or team, and the new rights.
}
