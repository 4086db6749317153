//! GrantAccess: `POST /GrantAccess`.

use super::share_message::share_message;

share_message! {
    /// Shares a record of `T` with a user or a team.
    GrantAccess,
    /// Gives this user or team these rights on this record, beside those it has.
}
