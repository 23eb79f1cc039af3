import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Issuance
import Registry
import TransparencyLog
import Verification

/// How a command ends when it cannot do its work (`Protocol/verification.md § Exit codes`).
enum ExitStatus: Int32 {
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
        case is CryptographyError: .keyRefused
        case is ParsingError, is LogError, is RegistryError, is CredentialError,
            is VerificationError, is IssuanceError:
            .notWhatItClaims
        default: .inconsistent
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
