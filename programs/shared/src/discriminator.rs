//! Anchor discriminators: the first 8 bytes of sha256("<namespace>:<name>"), computed by the compiler.
//!
//! Bind every result to a `const`: called at run time the hash costs thousands of compute units.

use sha2_const_stable::Sha256;

/// Length of a discriminator in bytes.
pub const LEN: usize = 8;

/// Tag of an instruction, from its snake_case name.
pub const fn instruction(name: &str) -> [u8; LEN] {
    tag("global:", name)
}

/// Tag of an account type, from its PascalCase name.
pub const fn account(name: &str) -> [u8; LEN] {
    tag("account:", name)
}

/// Tag of an event, from its PascalCase name.
pub const fn event(name: &str) -> [u8; LEN] {
    tag("event:", name)
}

const fn tag(namespace: &str, name: &str) -> [u8; LEN] {
    let digest = Sha256::new().update(namespace.as_bytes()).update(name.as_bytes()).finalize();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    [a, b, c, d, e, f, g, h]
}
