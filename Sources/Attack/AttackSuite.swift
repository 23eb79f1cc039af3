import Encoding
import Foundation

/// All attacks, each played against one program on one throw-away network.
public enum AttackSuite {
    /// By the numbers of the failures: F1, F2, ..., then the dossiers; controls come first.
    ///
    /// | attacks | file |
    /// |---|---|
    /// | F1, F2, F5, F6, F14, F28 | `StatusAttacks` |
    /// | F3 | `ServiceAttacks` |
    /// | F4, F13, F27 | `HolderAttacks` |
    /// | F7, F8, F20, F23, F24 (a fork) | `KnowledgeAttacks` |
    /// | F9, F10, F15, F16, F17, F18, F19, F24 | `IssuerAttacks` |
    /// | F11, F12, F21, F22 | `FormatAttacks` |
    /// | F25, F26 | `PaperAttacks` |
    /// | D1 and up | `DossierAttacks` |
    public static let all: [AttackCase] =
        (ControlAttacks.all + StatusAttacks.all + ServiceAttacks.all + HolderAttacks.all
        + KnowledgeAttacks.all + IssuerAttacks.all + FormatAttacks.all + PaperAttacks.all
        + DossierAttacks.all).enumerated().sorted { left, right in
            (place(of: left.element), left.offset) < (place(of: right.element), right.offset)
        }.map(\.element)

    /// C, then F, then D, each by its number.
    private static func place(of attack: AttackCase) -> Int {
        let number = Int(attack.id.dropFirst().prefix { $0.isNumber }) ?? 0
        return ["C": 0, "F": 1_000, "D": 2_000][attack.id.prefix(1), default: 3_000] + number
    }

    /// Plays attacks one after the other and removes everything that they left.
    ///
    /// - Parameters:
    ///   - attacks: in the order in which they are played; some need what earlier ones did.
    ///   - program: the program under attack.
    ///   - tell: hears of each as soon as it is decided.
    public static func play(
        _ attacks: [AttackCase] = all, against program: String, tell: (AttackOutcome) -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "concord-attack-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let stage = try await AttackStage(in: folder, attacking: program)
        defer { stage.service.stop() }
        for attack in attacks {
            let answer: Result<AttackAnswer, any Error>
            do { answer = .success(try await attack.play(stage)) } catch {
                answer = .failure(error)
            }
            tell(AttackOutcome(attack, answer))
        }
    }
}
