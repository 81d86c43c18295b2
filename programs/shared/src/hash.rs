//! SHA-256 by the runtime's syscall; in software on a host.

/// SHA-256 of the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    #[cfg(target_arch = "bpf")]
    {
        let mut digest = [0u8; 32];
        // SAFETY: `parts` is an array of (pointer, length) pairs and `digest` has the 32 bytes that are written.
        unsafe {
            pinocchio::syscalls::sol_sha256(parts.as_ptr().cast(), parts.len() as u64, digest.as_mut_ptr());
        }
        digest
    }
    #[cfg(not(target_arch = "bpf"))]
    {
        let mut hasher = sha2_const_stable::Sha256::new();
        for part in parts {
            hasher = hasher.update(part);
        }
        hasher.finalize()
    }
}
