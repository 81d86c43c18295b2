//! Voting power: stake, and use up to as much again, with the checkpoints that open votes can still ask for.
//!
//! A vote asks for power strictly before the slot at which it opened. So that nobody can erase anybody's power by making
//! it move, a checkpoint is kept as long as a vote that is not finalized opened between it and the next one. There are at
//! most 100 such votes (the highest `max_active_proposals`), so 102 places are never exceeded and nothing is ever refused.

use alloc::vec::Vec;
use plumbline_shared::math::{add, sub};

use crate::interface::{
    accounts::{Governance, Staker},
    types::Checkpoint,
};

impl Governance {
    /// Total power strictly before `slot`, which is the current one.
    pub fn power_before_slot(&self, slot: u64) -> u64 {
        if self.power_slot < slot { self.total_power } else { self.power_before }
    }

    fn move_power(&mut self, from: u64, to: u64, slot: u64) {
        if self.power_slot != slot {
            self.power_before = self.total_power;
            self.power_slot = slot;
        }
        self.total_power = sub(add(self.total_power, to), from);
    }
}

impl Staker {
    /// Power of `stake` together with the use of the marketplace.
    fn power_of(&self, stake: u64) -> u64 {
        add(stake, self.fees_paid.saturating_add(self.fees_earned_on).min(stake))
    }

    /// Bring own and total power up to date after stake or use changed.
    pub fn update_power(&mut self, governance: &mut Governance, slot: u64) {
        let power = self.power_of(self.stake);
        if power == self.power {
            return;
        }
        governance.move_power(self.power, power, slot);
        self.power = power;
        record(&mut self.checkpoints, &governance.open_slots, slot, power);
    }

    /// What this owner may vote with when the vote opened at `slot`: the power strictly before it, as far as the stake
    /// is still here; what was paid out in between stands behind no vote.
    pub fn vote_power(&self, slot: u64) -> u64 {
        let before = self.checkpoints.iter().rev().find(|checkpoint| checkpoint.slot < slot);
        before.map_or(0, |checkpoint| checkpoint.power).min(self.power_of(add(self.stake, self.unstaking)))
    }

    /// Stake that stands behind no open proposal.
    pub fn free_stake(&self) -> u64 {
        sub(self.stake, self.committed)
    }
}

fn record(checkpoints: &mut Vec<Checkpoint>, open_slots: &[u64], slot: u64, power: u64) {
    match checkpoints.last_mut() {
        Some(last) if last.slot == slot => last.power = power,
        _ => checkpoints.push(Checkpoint { slot, power }),
    }
    let nexts: Vec<u64> = checkpoints.iter().skip(1).map(|checkpoint| checkpoint.slot).collect();
    let mut index = 0usize;
    checkpoints.retain(|checkpoint| {
        let next = nexts.get(index);
        index = index.saturating_add(1);
        // A vote may still open in the current slot: what stood before it stays until the next one.
        next.is_none_or(|next| *next == slot || is_asked_for(checkpoint.slot, *next, open_slots))
    });
}

/// Whether a vote opened in a slot for which the checkpoint at `from` is the latest strictly before.
fn is_asked_for(from: u64, next: u64, open_slots: &[u64]) -> bool {
    let first_after = open_slots.partition_point(|open| *open <= from);
    open_slots.get(first_after).is_some_and(|open| *open <= next)
}
