import Credentials
import Cryptography
import Encoding
import Foundation
import Records
import TestSupport

/// A directory for one test, with a wrapping key and records of people who do not exist.
final class SampleStore {
    let directory: URL
    let wrappingKey: SealingKey
    private let issuer: SigningKey
    private var generator: SeededGenerator

    init(seed: UInt64 = 1) throws {
        generator = SeededGenerator(seed: seed)
        wrappingKey = SealingKey.generated(using: &generator)
        issuer = SigningKey.generated(using: &generator)
        directory = FileManager.default.temporaryDirectory
            .appending(path: "concord-records-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func opened(with key: SealingKey? = nil) throws -> RecordStore {
        try RecordStore(opening: directory.path, wrappingKey: key ?? wrappingKey)
    }

    static let list = "urn:concord:status:ph.sample-centre:1"

    func record(_ index: Int) throws -> Record {
        let status = StatusReference(uri: SampleStore.list, index: index)
        let award = QualificationCredential(
            issuer: "ph.sample-centre", country: "PH", qualification: "q.ph.smaw-nc2",
            version: "TR 2005", awarded: CalendarDate(daysSince1970: 20_700),
            issuedAt: Timestamp(seconds: 1_790_000_000), status: status,
            name: "Testina Exemplar \(index)", birthYear: 1994)
        return Record(
            id: RecordID(using: &generator),
            credential: try award.issued(by: issuer, using: &generator), status: status,
            issuedAt: Timestamp(seconds: 1_790_000_000 + Int64(index)))
    }

    func records(_ count: Int) throws -> [Record] { try (0..<count).map(record) }

    func path(_ leaf: UInt64) -> BatchPath {
        BatchPath(
            origin: "sample.example/PH/1", entryIndex: 9, leafIndex: leaf,
            hashes: [HashValue(of: [1]), HashValue(of: [2])])
    }

    func file(_ name: String) -> URL { directory.appending(path: name) }

    /// The bytes of all files of the directory.
    func everything() throws -> [UInt8] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path)
            .flatMap { Array(try Data(contentsOf: file($0))) }
    }
}

extension [UInt8] {
    func contains(run: [UInt8]) -> Bool { Data(self).range(of: Data(run)) != nil }
}
