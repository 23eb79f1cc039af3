import Cryptography
import Encoding
import Foundation
import Recognition
import Registrar
import Registry
import Storage
import TransparencyLog
import Verification

/// Two hundred countries with their logs in one database, for measuring recognition.
///
/// Real files, real keys, real signed acts; the logs are unwitnessed. Each log has its governance,
/// and entries in the proportions of a country's: batches and lists most, then accreditations,
/// equivalences, qualifications and regulations, spread over the occupations of ISCO-08.
struct SampleWorld {
    let folder: TemporaryFolder
    let database: LogDatabase
    let anchor: Anchor
    let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    let countries: [String]
    let entriesPerLog: Int

    /// As many as ISCO-08 has unit groups.
    static let occupations = 436

    init(countries count: Int = 200, entries: Int) throws {
        folder = try TemporaryFolder()
        database = try LogDatabase(inFolder: folder.path)
        entriesPerLog = max(entries / count, 12)
        countries = (0..<count).map { number in
            let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            return "\(letters[number / 26])\(letters[number % 26])"
        }
        let logs = try countries.map(SampleCountryLog.init)
        for (number, log) in logs.enumerated() {
            let peers = number == 0 ? Array(logs.dropFirst()) : []
            try log.store(
                entries: entriesPerLog + peers.count, peers: peers, countries: countries,
                in: database)
        }
        anchor = Anchor(
            country: countries[0], pin: logs[0].pin, firstLogKey: logs[0].signer.verifier,
            policy: try WitnessPolicy.requiring(0, of: []), isSample: true)
        try Data(anchor.serialized).write(to: URL(filePath: anchorPath))
    }

    var anchorPath: String { "\(folder.path)/anchor.json" }

    /// A qualification that a country's log registers.
    func qualification(_ country: String, _ number: Int) -> String {
        SampleCountryLog.qualification(country, number)
    }
}
