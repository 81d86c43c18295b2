//! What a block hash draws for an attestation, and the tree of its checkpoints.
//!
//! The provider has committed to the tree before the hash exists, and every draw follows from the hash and the
//! attestation's address alone: neither provider nor verifier chooses anything.

use plumbline_shared::hash::sha256;

use crate::state::Attestation;

pub const ATTESTATION_UNDRAWN: u8 = 0;
pub const ATTESTATION_NOT_SELECTED: u8 = 1;
pub const ATTESTATION_SELECTED: u8 = 2;
pub const ATTESTATION_CHALLENGED: u8 = 3;
pub const ATTESTATION_PASSED: u8 = 4;
pub const ATTESTATION_FAILED: u8 = 5;
pub const ATTESTATION_CLEARED: u8 = 6;
pub const ATTESTATION_UNDECIDED: u8 = 7;

/// 24 levels: proofs of 16 segments fit into 16 transactions at most.
pub const MAX_CHECKPOINTS: u32 = 1 << 24;
const PPM: u64 = 1_000_000;
const LEAF_PREFIX: [u8; 1] = [0];
const NODE_PREFIX: [u8; 1] = [1];

/// Source of everything that is drawn for one attestation.
pub struct Draw {
    pub seed: [u8; 32],
}

impl Draw {
    pub fn new(block_hash: &[u8; 32], attestation: &[u8]) -> Self {
        Self { seed: sha256(&[block_hash, attestation]) }
    }

    /// Number `word` of the seed's four. What a modulus makes uneven is below 2^-32.
    fn word(&self, word: usize) -> u64 {
        self.seed.as_chunks::<8>().0.get(word).map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    pub fn is_selected(&self, frequency_ppm: u32) -> bool {
        self.word(0) % PPM < u64::from(frequency_ppm)
    }

    /// Seat of the drawn verifier; none when there were no seats.
    pub fn seat(&self, verifier_count: u32) -> Option<u32> {
        self.word(1).checked_rem(u64::from(verifier_count)).and_then(|seat| u32::try_from(seat).ok())
    }

    /// Checkpoint that is to be revealed at a position; independent of the other positions, so it may repeat.
    pub fn segment(&self, position: u8, checkpoint_count: u32) -> u32 {
        let digest = sha256(&[&self.seed, &[position]]);
        let number = digest.first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        number.checked_rem(u64::from(checkpoint_count)).and_then(|index| u32::try_from(index).ok()).unwrap_or(0)
    }
}

/// Segments to reveal: the sample, or fewer where there are fewer checkpoints.
pub fn segment_count(sample: u8, checkpoint_count: u32) -> u8 {
    u8::try_from(checkpoint_count).map_or(sample, |count| count.min(sample))
}

/// Levels above the leaves of a tree padded to a power of two.
fn depth(checkpoint_count: u32) -> usize {
    checkpoint_count.checked_next_power_of_two().map_or(32, |width| width.trailing_zeros() as usize)
}

/// Whether `checkpoint` is number `index` of the attestation's tree. The leaf names the attestation, so that no tree
/// serves twice; the place follows from the index, so that a proof fits one place only.
pub fn is_committed(
    state: &Attestation,
    attestation: &[u8],
    index: u32,
    checkpoint: &[u8; 32],
    proof: &[[u8; 32]],
) -> bool {
    if proof.len() != depth(state.checkpoint_count) {
        return false;
    }
    let leaf = sha256(&[&LEAF_PREFIX, attestation, &index.to_le_bytes(), checkpoint]);
    let (root, _) = proof.iter().fold((leaf, index), |(node, place), sibling| {
        let is_right = place & 1 == 1;
        let parent =
            if is_right { sha256(&[&NODE_PREFIX, sibling, &node]) } else { sha256(&[&NODE_PREFIX, &node, sibling]) };
        (parent, place >> 1)
    });
    root == state.checkpoint_root
}

/// One more checkpoint in the fold that is compared with the challenger's claim. The first fold is 32 zero bytes.
pub fn fold(so_far: &[u8; 32], checkpoint: &[u8; 32]) -> [u8; 32] {
    sha256(&[so_far, checkpoint])
}
