//! Emission schedule: five super-epochs of 300 epochs that issue 5, 4, 3, 2, 1 times 10^17 base units.

const EPOCHS_PER_SUPER_EPOCH: u64 = 300;
const SUPER_EPOCH_TOTALS: [u64; 5] = [
    500_000_000_000_000_000,
    400_000_000_000_000_000,
    300_000_000_000_000_000,
    200_000_000_000_000_000,
    100_000_000_000_000_000,
];

/// Base units issued in `epoch`, which counts from 1. The remainder of a super-epoch's total goes, one unit
/// each, to its first epochs. After the last super-epoch it is 0, as it would be in an epoch 0, which never comes.
pub fn emission(epoch: u64) -> u64 {
    let Some(index) = epoch.checked_sub(1) else { return 0 };
    let total = usize::try_from(index / EPOCHS_PER_SUPER_EPOCH)
        .ok()
        .and_then(|super_epoch| SUPER_EPOCH_TOTALS.get(super_epoch));
    let Some(total) = total else { return 0 };
    let extra = u64::from(index % EPOCHS_PER_SUPER_EPOCH < total % EPOCHS_PER_SUPER_EPOCH);
    // total / 300 is below 2^51.
    (total / EPOCHS_PER_SUPER_EPOCH).saturating_add(extra)
}
