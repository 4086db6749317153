//! ModifyAccess: `POST /ModifyAccess`.

use super::share_message::share_message;

share_message! {
    /// Replaces the rights that a record of `T` is shared with a user or a team with.
    ModifyAccess,
    /// Gives this user or team these rights on this record, replacing those it was shared with before.
}
