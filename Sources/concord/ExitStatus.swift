import ArgumentParser
import Cases
import Credentials
import Cryptography
import Encoding
import Issuance
import Node
import Operation
import Records
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog
import Verification
import Wallet

/// How a command ends when it cannot do its work (`Protocol/verification.md § Verdict`).
enum ExitStatus: Int32 {
    /// The log or its rules said no; nothing changed.
    case refusedByRule = 1
    case usage = 64
    case notWhatItClaims = 65
    case inputMissing = 66
    case unavailable = 69
    case inconsistent = 70
    case cannotWrite = 73
    case keyRefused = 77

    /// The status for an error of the targets below.
    static func of(_ error: any Error) -> ExitStatus {
        switch error {
        case let failure as CommandFailure: failure.status
        case let error as CryptographyError: of(error)
        case is ParsingError, is LogError, is RegistryError, is CredentialError,
            is VerificationError, is IssuanceError, is CaseError:
            .notWhatItClaims
        case let error as WalletError: of(error)
        case let error as SyncError: of(error)
        case let error as StorageError: of(error)
        case let error as RegistrarError: of(error)
        case let error as RecordsError: of(error)
        case let error as NodeError: of(error)
        case let error as OperationError: of(error)
        default: .inconsistent
        }
    }

    private static func of(_ error: WalletError) -> ExitStatus {
        switch error {
        case .noWallet, .cannotRead, .unknownCertificate, .ambiguousCertificate: .inputMissing
        case .walletExists, .cannotWrite: .cannotWrite
        case .damaged, .notBackup, .backupTooLarge, .credential: .notWhatItClaims
        case .otherHolder: .keyRefused
        case .cryptography(let error): of(error)
        }
    }

    private static func of(_ error: CryptographyError) -> ExitStatus {
        switch error {
        case .recoveryGroupCount, .recoveryGroups, .recoverySum: .notWhatItClaims
        default: .keyRefused
        }
    }

    private static func of(_ error: SyncError) -> ExitStatus {
        switch error {
        case .badAddress: .usage
        case .unreachable, .timeout, .status, .cancelled, .unreconciled: .unavailable
        case .storage(let error): of(error)
        case .notOwnKey: .keyRefused
        case .unknownLog, .halted, .secondLook, .buddyRefused, .contradicted: .inconsistent
        case .buddySilent: .unavailable
        case .pack(_, .cannotOpen): .inputMissing
        default: .notWhatItClaims
        }
    }

    private static func of(_ error: StorageError) -> ExitStatus {
        switch error {
        case .foreignDatabase, .newerDatabase, .olderDatabase, .damaged: .notWhatItClaims
        case .cannotOpen, .unknownLog: .inputMissing
        case .diskFull, .locked, .notDurable, .lifeMark, .hasLived: .cannotWrite
        case .sealed(let reasons):
            reasons.allSatisfy {
                if case .quorumSilent = $0 { true } else { $0 == .notAsked }
            } ? .unavailable : .inconsistent
        case .incompleteMemory: .unavailable
        default: .inconsistent
        }
    }

    private static func of(_ error: RegistrarError) -> ExitStatus {
        switch error {
        case .noFile, .noNode, .unknownRecord, .unknownAct, .beyondLog, .noCopy, .noPeer, .noPaper:
            .inputMissing
        case .nodeExists, .cannotWrite: .cannotWrite
        case .keyMissing, .wrongKey, .sampleKeyOutsideSample, .notAnOperator, .operatorRole:
            .keyRefused
        case .noGoodSize, .noWitness, .notRepinned: .inputMissing
        case .auditLineTooLong: .usage
        case .isMirror: .cannotWrite
        case .unreadable, .malformed, .otherAct, .tooManyRows, .fileChanged, .wrongFingerprint,
            .ownCard, .sampleMismatch, .notAWitness:
            .notWhatItClaims
        case .notWitnessed, .extractRefused: .unavailable
        case .paper(.noProgram): .inputMissing
        case .paper: .notWhatItClaims
        case .ownOutputRejected, .auditBroken, .listMissing: .inconsistent
        case .declined, .notAccredited, .notRegistered, .unknownUnits, .notCompetent,
            .statusRefused, .otherIssuer, .notAnAward, .outsideMandate, .widerThanOwn,
            .contradictory, .contradictoryRegulation, .alreadyStands, .logIsSound, .outboundOnly,
            .notForPaper, .lastOperator:
            .refusedByRule
        }
    }

    private static func of(_ error: RecordsError) -> ExitStatus {
        switch error {
        case .notRecords, .newerVersion, .filesDoNotBelongTogether: .notWhatItClaims
        case .wrongWrappingKey: .keyRefused
        case .unknownRecord, .unknownList, .erased: .inputMissing
        case .database: .cannotWrite
        default: .inconsistent
        }
    }

    private static func of(_ error: OperationError) -> ExitStatus {
        switch error {
        case .cannotRead: .inputMissing
        case .cannotWrite, .alreadyThere: .cannotWrite
        case .otherRecoveryKey: .keyRefused
        case .noPeers: .usage
        case .notRebuilt: .unavailable
        case .unreadable, .notBackup, .newerBackup, .wrongPart, .cannotOpen, .cutOff, .changed,
            .otherNode, .foreignName:
            .notWhatItClaims
        }
    }

    private static func of(_ error: NodeError) -> ExitStatus {
        switch error {
        case .configuration, .certificate, .inheritedSockets, .damagedBody: .notWhatItClaims
        case .openKey: .keyRefused
        case .unreadable: .inputMissing
        case .cannotWrite: .cannotWrite
        case .portOccupied, .cannotListen: .unavailable
        case .store(let error): of(error)
        case .peers(let error): of(error)
        }
    }
}

/// A failure with its exit status: what was expected, what was found, where, what to do.
struct CommandFailure: Error, CustomStringConvertible {
    let status: ExitStatus
    let description: String

    init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}

/// A command whose errors become one clear line and the right exit status.
protocol ConcordCommand: AsyncParsableCommand {
    func perform() async throws
}

extension ConcordCommand {
    func run() async throws {
        do {
            try await perform()
        } catch let code as ExitCode {
            throw code
        } catch let error as ValidationError {
            throw error
        } catch {
            Console.complain("\(error)")
            throw ExitCode(ExitStatus.of(error).rawValue)
        }
    }
}
