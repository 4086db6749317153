//! The pages of the guide whose examples need `azure_identity`.

#![doc = include_str!("../../../runtime/docs/guide/connecting.md")]
