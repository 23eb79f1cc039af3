import Cryptography
import Encoding
import Foundation
import Recognition
import Registrar
import Registry
import Storage
import Synchronization
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
        // Signing takes most of the time: a few logs are made at once, and stored in order.
        let cores = ProcessInfo.processInfo.activeProcessorCount
        for start in stride(from: 0, to: logs.count, by: cores) {
            let made = Mutex<[Int: [NewEntry]]>([:])
            let (names, perLog) = (countries, entriesPerLog)
            let run = start..<min(start + cores, logs.count)
            DispatchQueue.concurrentPerform(iterations: run.count) { offset in
                let number = start + offset
                let peers = number == 0 ? Array(logs.dropFirst()) : []
                let entries = try? logs[number].entries(
                    perLog + peers.count, peers: peers, countries: names)
                made.withLock { $0[number] = entries }
            }
            for number in run {
                guard let entries = made.withLock({ $0.removeValue(forKey: number) }) else {
                    throw UnexpectedResult(
                        expected: "the entries of country \(number)", found: "none")
                }
                try logs[number].store(entries, in: database)
            }
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
