import Encoding
import Registry
import TransparencyLog

/// The command that gives once more what ends, from the day after its end on.
enum Renewal {
    static func command(_ mandate: Mandate, in folder: String) -> String {
        var words = ["concord", "publish", "mandate", "--authority", mandate.authority]
        words += ["--name", mandate.names.text(in: [])]
        words += mandate.competences.map(\.rawValue).sorted().flatMap { ["--may", $0] }
        words += mandate.scope.flatMap { ["--scope", $0.text] }
        words += mandate.territory.flatMap { ["--territory", $0] }
        if mandate.signatures > 1 { words += ["--signatures", "\(mandate.signatures)"] }
        return line(words, from: mandate.period, in: folder)
    }

    static func command(
        _ accreditation: Accreditation, by author: String, _ isDelegated: Bool, in folder: String
    ) -> String {
        var words = ["concord", "publish"]
        words +=
            isDelegated
            ? ["delegate", "--to", accreditation.body] : ["accredit", "--body", accreditation.body]
        words += ["--name", accreditation.names.text(in: [])]
        words += ["--of", accreditation.key.description]
        words += accreditation.qualifications.flatMap { ["--qualification", $0] }
        if accreditation.allowsArchive { words.append("--archive") }
        if accreditation.allowsDelegation, !isDelegated { words.append("--delegation") }
        if let site = accreditation.site, isDelegated { words += ["--site", site] }
        words += ["--by", author, "--key", "\(author).key"]
        return line(words, from: accreditation.period, in: folder)
    }

    private static func line(_ words: [String], from period: Period, in folder: String) -> String {
        let first = (period.until ?? period.from).adding(days: 1)
        return (words + ["--from", "\(first)", "--node", folder]).map(quoted).joined(separator: " ")
    }

    /// As a shell takes it for one word.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-_./:@=+,".utf8.contains(byte)
        }
        return isPlain && !word.isEmpty
            ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
