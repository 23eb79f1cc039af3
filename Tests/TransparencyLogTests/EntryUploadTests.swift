import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct EntryUploadTests {
    private func upload(_ range: Range<UInt64>) -> EntryUpload {
        let packages = (0..<EntryUpload.packageCount(of: range)).map { number in
            let place = EntryUpload.place(of: number, in: range)
            return EntryUpload.Package(
                entries: (place.first..<place.end).map { Array("entry \($0)".utf8) },
                hashes: [HashValue(of: [UInt8(number)])])
        }
        return EntryUpload(
            origin: "sample.example/XA/1", range: range, ticket: Array("ticket".utf8),
            packages: packages)
    }

    @Test(arguments: [
        0..<0, 0..<1, 0..<256, 0..<257, 5..<9, 250..<260, 255..<256, 256..<1_024, 3..<3,
    ])
    func readsWhatItWrites(_ range: Range<UInt64>) throws {
        let upload = upload(range)
        #expect(try EntryUpload(parsing: upload.serialized) == upload)
        let places = (0..<upload.packages.count).map(upload.place)
        #expect(places.first?.first ?? range.lowerBound == range.lowerBound)
        #expect(places.last?.end ?? range.upperBound == range.upperBound)
        for (place, next) in zip(places, places.dropFirst()) { #expect(place.end == next.first) }
        #expect(places.allSatisfy { $0.start.isMultiple(of: 256) })
    }

    /// Wherever the connection breaks, the whole packages before it are read.
    @Test func keepsWholePackagesOfACutBody() throws {
        let upload = upload(250..<600)
        let bytes = upload.serialized
        let head = EntryUpload(
            origin: upload.origin, range: upload.range, ticket: upload.ticket, packages: []
        ).serialized.count
        for count in 0..<bytes.count {
            guard count >= head else {
                #expect(throws: LogError.self) {
                    try EntryUpload(parsing: Array(bytes[..<count]))
                }
                continue
            }
            let cut = try EntryUpload(parsing: Array(bytes[..<count]))
            #expect(cut.packages == Array(upload.packages[..<cut.packages.count]))
            #expect(cut.packages.count < upload.packages.count)
        }
    }

    @Test func refusesMoreThanItAnnounces() throws {
        let small = upload(0..<3)
        let more = EntryUpload(
            origin: small.origin, range: 0..<3, ticket: [],
            packages: small.packages + small.packages)
        #expect(throws: LogError.self) { try EntryUpload(parsing: more.serialized) }
        let many = EntryUpload(
            origin: small.origin, range: 0..<20_000, ticket: [],
            packages: Array(upload(0..<20_000).packages.prefix(33)))
        #expect(throws: LogError.self) { try EntryUpload(parsing: many.serialized) }
        let long = EntryUpload(
            origin: small.origin, range: 0..<1, ticket: [],
            packages: [
                .init(entries: [[1]], hashes: Array(repeating: HashValue(of: []), count: 64))
            ])
        #expect(throws: LogError.tooManyHashes(.entryUpload, limit: 63)) {
            try EntryUpload(parsing: long.serialized)
        }
    }

    @Test func progressIsThreeLines() throws {
        let progress = UploadProgress(size: 600, next: 256, ticket: [1, 2, 3])
        #expect(progress.serialized == Array("600\n256\nAQID\n".utf8))
        #expect(try UploadProgress(parsing: progress.serialized) == progress)
        #expect(
            try UploadProgress(parsing: Array("0\n0\n\n".utf8))
                == UploadProgress(size: 0, next: 0, ticket: []))
        for text in ["", "1\n2\n", "01\n2\n\n", "1\n2\n!\n", "1\n2\n\nmore\n", "-1\n2\n\n"] {
            #expect(throws: LogError.self) { try UploadProgress(parsing: Array(text.utf8)) }
        }
    }
}
