//! `register_provider`: a provider joins under an operator pool. The pool's admin signs, because the provider's work
//! and USDC go to the pool's account from then on.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::require,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    event::ProviderRegistered,
    faults,
    interface::args::RegisterProviderArgs,
    operator_pool::read_pool,
    state::{BOND_VAULT_SEED, PROVIDER_ACTIVE, PROVIDER_SEED, PROVIDER_SPACE, Provider, Settings, TIERS, VERSION},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: RegisterProviderArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let pool_admin = accounts.signer("pool_admin")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let pool = accounts.any("operator_pool")?;
    let provider = accounts.any("provider")?;
    let bond_vault = accounts.any("bond_vault")?;
    let infer_mint = accounts.mint("infer_mint")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    [&payer, &provider, &bond_vault].into_iter().try_for_each(Slot::require_writable)?;
    let is_admin = read_pool(&pool, &settings.staking_program)?.admin == *pool_admin.key();
    pool_admin.require(is_admin, &faults::INVALID_POOL_ADMIN)?;
    infer_mint.require_address(&settings.infer_mint)?;
    require((1..=TIERS).contains(&usize::from(args.tier)), &faults::INVALID_TIER)?;
    require(args.jurisdiction.iter().all(u8::is_ascii_uppercase), &faults::INVALID_JURISDICTION)?;

    let seeds = [PROVIDER_SEED, owner.key().as_ref()];
    let bump = create_state(&provider, PROVIDER_SPACE, &seeds, &payer, program_id)?;
    let vault_seeds = [BOND_VAULT_SEED, provider.key().as_ref()];
    let bond_vault_bump = create_vault(&bond_vault, &infer_mint, provider.key(), &vault_seeds, &payer, program_id)?;
    let state = Provider {
        version: VERSION,
        bump,
        bond_vault_bump,
        owner: *owner.key(),
        payout: args.payout,
        operator_pool: *pool.key(),
        tier: args.tier,
        region: args.region,
        jurisdiction: args.jurisdiction,
        registered_at: unix_timestamp()?,
        status: PROVIDER_ACTIVE,
        ..Provider::default()
    };
    let mut created = Loaded::new(provider, state);
    created.store()?;
    emit(&ProviderRegistered {
        provider: *created.key(),
        owner: created.owner,
        payout: created.payout,
        operator_pool: created.operator_pool,
        tier: created.tier,
        region: created.region,
        jurisdiction: created.jurisdiction,
        registered_at: created.registered_at,
    })
}
