/**
 * What a failed transaction failed with, as text: `InstructionError(2, Custom(6009))`. The bytes are bincode of
 * TransactionError: the variant's number in 32 bits, low byte first, then its content. Order of the variants:
 * crates solana-transaction-error and solana-instruction-error, which never change it.
 * @module
 */

const transactionErrors = [
  ...['AccountInUse', 'AccountLoadedTwice', 'AccountNotFound', 'ProgramAccountNotFound', 'InsufficientFundsForFee'],
  ...['InvalidAccountForFee', 'AlreadyProcessed', 'BlockhashNotFound', 'InstructionError', 'CallChainTooDeep'],
  ...['MissingSignatureForFee', 'InvalidAccountIndex', 'SignatureFailure', 'InvalidProgramForExecution'],
  ...['SanitizeFailure', 'ClusterMaintenance', 'AccountBorrowOutstanding', 'WouldExceedMaxBlockCostLimit'],
  ...['UnsupportedVersion', 'InvalidWritableAccount', 'WouldExceedMaxAccountCostLimit'],
  ...['WouldExceedAccountDataBlockLimit', 'TooManyAccountLocks', 'AddressLookupTableNotFound'],
  ...['InvalidAddressLookupTableOwner', 'InvalidAddressLookupTableData', 'InvalidAddressLookupTableIndex'],
  ...['InvalidRentPayingAccount', 'WouldExceedMaxVoteCostLimit', 'WouldExceedAccountDataTotalLimit'],
  ...['DuplicateInstruction', 'InsufficientFundsForRent', 'MaxLoadedAccountsDataSizeExceeded'],
  ...['InvalidLoadedAccountsDataSizeLimit', 'ResanitizationNeeded', 'ProgramExecutionTemporarilyRestricted'],
  ...['UnbalancedTransaction', 'ProgramCacheHitMaxLimit', 'CommitCancelled'],
];

const instructionErrors = [
  ...['GenericError', 'InvalidArgument', 'InvalidInstructionData', 'InvalidAccountData', 'AccountDataTooSmall'],
  ...['InsufficientFunds', 'IncorrectProgramId', 'MissingRequiredSignature', 'AccountAlreadyInitialized'],
  ...['UninitializedAccount', 'UnbalancedInstruction', 'ModifiedProgramId', 'ExternalAccountLamportSpend'],
  ...['ExternalAccountDataModified', 'ReadonlyLamportChange', 'ReadonlyDataModified', 'DuplicateAccountIndex'],
  ...['ExecutableModified', 'RentEpochModified', 'NotEnoughAccountKeys', 'AccountDataSizeChanged'],
  ...['AccountNotExecutable', 'AccountBorrowFailed', 'AccountBorrowOutstanding', 'DuplicateAccountOutOfSync'],
  ...['Custom', 'InvalidError', 'ExecutableDataModified', 'ExecutableLamportChange'],
  ...['ExecutableAccountNotRentExempt', 'UnsupportedProgramId', 'CallDepth', 'MissingAccount'],
  ...['ReentrancyNotAllowed', 'MaxSeedLengthExceeded', 'InvalidSeeds', 'InvalidRealloc'],
  ...['ComputationalBudgetExceeded', 'PrivilegeEscalation', 'ProgramEnvironmentSetupFailure'],
  ...['ProgramFailedToComplete', 'ProgramFailedToCompile', 'Immutable', 'IncorrectAuthority', 'BorshIoError'],
  ...['AccountNotRentExempt', 'InvalidAccountOwner', 'ArithmeticOverflow', 'UnsupportedSysvar', 'IllegalOwner'],
  ...['MaxAccountsDataAllocationsExceeded', 'MaxAccountsExceeded', 'MaxInstructionTraceLengthExceeded'],
  'BuiltinProgramsMustConsumeComputeUnits',
];

const INSTRUCTION_ERROR = transactionErrors.indexOf('InstructionError');
const CUSTOM = instructionErrors.indexOf('Custom');

/** `null` for the empty bytes of a transaction that succeeded; what the list does not know keeps its number. */
export function transactionErrorText(error: Uint8Array): string | null {
  if (error.length === 0) return null;
  const bytes = Buffer.from(error);
  const variant = numberAt(bytes, 0);
  const name = nameOf(transactionErrors, variant);
  if (variant !== INSTRUCTION_ERROR) return bytes.length > 4 ? `${name}(${bytes[4]})` : name;
  const inner = numberAt(bytes, 5);
  const cause = inner === CUSTOM ? `Custom(${numberAt(bytes, 9) ?? '?'})` : nameOf(instructionErrors, inner);
  return `${name}(${bytes[4] ?? '?'}, ${cause})`;
}

function numberAt(bytes: Buffer, offset: number): number | null {
  return bytes.length >= offset + 4 ? bytes.readUInt32LE(offset) : null;
}

function nameOf(names: readonly string[], variant: number | null): string {
  return variant === null ? 'Unknown' : (names[variant] ?? `Unknown(${variant})`);
}
