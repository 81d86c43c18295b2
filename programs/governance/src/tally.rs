//! The outcome of a vote, in integers. The rules, their order and their rounding are those of `governance/tally.ts`.

use crate::interface::{accounts::Proposal, types::VoteTotals};

const BPS: u128 = 10_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Succeeded,
    Defeated,
    QuorumNotMet,
    Vetoed,
}

/// Quorum first, then veto, then majority; all against the thresholds that the vote opened with.
pub fn tally(proposal: &Proposal) -> Outcome {
    let VoteTotals { for_power, against_power, abstain_power, veto_power } = proposal.votes;
    let [for_power, against, abstain, veto] = [for_power, against_power, abstain_power, veto_power].map(u128::from);
    let decided = for_power.saturating_add(against).saturating_add(veto);
    let cast = decided.saturating_add(abstain);
    let total = u128::from(proposal.snapshot_power);
    if total == 0 || !reaches(cast, proposal.quorum_bps, total) {
        Outcome::QuorumNotMet
    } else if reaches(veto, proposal.veto_threshold_bps, cast) {
        Outcome::Vetoed
    } else if for_power > 0 && reaches(for_power, proposal.pass_threshold_bps, decided) {
        Outcome::Succeeded
    } else {
        Outcome::Defeated
    }
}

/// `part / whole >= bps / 10000`. Powers are sums of 64-bit stakes: neither product comes near 128 bits.
fn reaches(part: u128, bps: u16, whole: u128) -> bool {
    part.saturating_mul(BPS) >= whole.saturating_mul(u128::from(bps))
}
