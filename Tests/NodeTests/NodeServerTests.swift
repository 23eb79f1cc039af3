import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

@Suite struct NodeServerTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private var log: String { PeerPath.log(country.origin) }

    @Test func servesWhatAnybodyMayRead() async throws {
        try await node.publish(0..<300)
        let blob = Array("a list".utf8)
        try node.database.storeBlob(blob, hash: HashValue(of: blob))
        let entries = SampleCountry.entries(0..<300, branch: country.origin)
        let note = try country.checkpoint(entries).note
        let log = log
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)"
            let heads = try await Exchange(url + "/heads")
            #expect(heads.headers["content-type"] == "application/json")
            #expect(try HeadList(parsing: heads.body).heads.map(\.note) == [note])

            let checkpoint = try await Exchange(url + log + "/checkpoint")
            #expect(checkpoint.body == note.serialized)
            #expect(checkpoint.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(checkpoint.headers["cache-control"] == "no-cache")

            let tile = try await Exchange(url + log + "/tile/0/001.p/44")
            #expect(tile.body == entries[256...].flatMap { MerkleTree.leafHash($0).bytes })
            #expect(tile.headers["content-type"] == "application/octet-stream")
            #expect(
                tile.headers["cache-control"] == "public, max-age=31536000, immutable")

            let bundle = try await Exchange(url + log + "/tile/entries/000")
            #expect(try EntryBundle(parsing: bundle.body).entries == Array(entries[..<256]))

            let hash = HashValue(of: blob).hexadecimal
            #expect(try await Exchange(url + "/blob/\(hash)").body == blob)
            #expect(try await Exchange(url + "/card").status == 200)
            #expect(try await Exchange(url + "/split-views").status == 200)
            #expect(try await Exchange(url + log + "/checkpoints/0").status == 200)
            let head = try await Exchange(url + log + "/checkpoint", method: "HEAD")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
        }
    }

    @Test(arguments: [
        "/", "/nothing", "/tile/0/000", "/blob/00", "/blob/zz", "/split-views/00",
        "/LOG/nothing", "/LOG/tile/0/002", "/LOG/tile/0/001.p/45", "/LOG/tile/0/1",
        "/LOG/tile/entries/001.p/45", "/LOG/tile/entries/../../../etc/passwd",
        "/LOG/tile/0/x001/000", "/LOG/tile/8/000", "/LOG/tile/64/000", "/LOG/tile/",
        "/LOG/checkpoints/-1", "/LOG/checkpoints/01", "/LOG/checkpoints/99999999999999999999",
        "/00/checkpoint",
        "/0000000000000000000000000000000000000000000000000000000000000000/checkpoint",
    ])
    func answersNotFound(_ path: String) async throws {
        try await node.publish(0..<300)
        let path = path.replacing("/LOG", with: log)
        let status = try await node.serving { port in
            try await Exchange("http://127.0.0.1:\(port)\(path)").status
        }
        #expect(status == 404)
    }

    @Test func servesRangesOfImmutableBytes() async throws {
        try await node.publish(0..<20)
        let entries = SampleCountry.entries(0..<20, branch: country.origin)
        let whole = try EntryBundle(entries).serialized
        let path = PeerPath.bundle(country.origin, index: 0, width: 20)
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)\(path)"
            func part(_ range: String) async throws -> Exchange {
                try await Exchange(url, headers: ["Range": range])
            }
            let tail = try await part("bytes=100-")
            #expect(tail.status == 206)
            #expect(tail.body == Array(whole[100...]))
            #expect(tail.headers["content-range"] == "bytes 100-\(whole.count - 1)/\(whole.count)")
            #expect(try await part("bytes=3-9").body == Array(whole[3...9]))
            #expect(try await part("bytes=3-99999").body == Array(whole[3...]))
            #expect(try await part("bytes=\(whole.count)-").status == 416)
            for ignored in ["bytes=-5", "bytes=9-3", "lines=1-", "bytes=1-2,4-5", "bytes=x-"] {
                let answer = try await part(ignored)
                #expect(answer.status == 200)
                #expect(answer.body == whole)
            }
        }
    }

    @Test func occupiedPortIsATypedError() async throws {
        let other = try SampleNode(country, among: [country], quorum: 0)
        try await node.serving { port in
            await #expect(throws: NodeError.portOccupied(host: "127.0.0.1", port: port)) {
                _ = try await other.serving(port: port) { _ in }
            }
        }
    }

    @Test func writesItsPortWhileItListens() async throws {
        let path = node.folder.path(NodeServer.portFileName)
        try await node.serving { port in
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text == "\(port)\n")
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    /// What changes has a mark, by which who has it already is told so.
    @Test func tellsWhoHasItThatNothingHasChanged() async throws {
        try await node.publish(0..<3)
        let log = PeerPath.log(country.origin)
        let node = node
        try await node.serving { port in
            let paths = [
                "card", "split-views", "heads", "\(log)/checkpoint", "\(log)/checkpoints/0",
            ]
            for path in paths {
                let url = "http://127.0.0.1:\(port)/\(path)"
                let first = try await Exchange(url)
                let mark = try #require(first.headers["etag"], "\(path)")
                let again = try await Exchange(url, headers: ["If-None-Match": mark])
                #expect(again.status == 304 && again.body.isEmpty, "\(path)")
                if path.hasSuffix("/checkpoint") {
                    try await node.publish(3..<4)
                    let newer = try await Exchange(url, headers: ["If-None-Match": mark])
                    #expect(newer.status == 200)
                    #expect(newer.headers["etag"] != mark)
                }
            }
        }
    }

    @Test func answersTheSameAfterARestart() async throws {
        try await node.publish(0..<30)
        let first = try await node.serving { port in
            try await Exchange("http://127.0.0.1:\(port)/heads").body
        }
        try node.database.close()
        let again = try SampleNode(
            country, among: [country], quorum: 0, folder: node.folder)
        _ = try await again.resume()
        let second = try await again.serving { port in
            try await Exchange("http://127.0.0.1:\(port)/heads").body
        }
        #expect(first == second)
    }

    @Test func refusesUnknownMembersOfItsConfiguration() throws {
        let text = #"{"version": 1, "host": "::1", "port": 8080, "syncSeconds": 5}"#
        let configuration = try NodeConfiguration(parsing: Array(text.utf8))
        #expect(configuration.host == "::1")
        #expect(configuration.port == 8080)
        #expect(try NodeConfiguration(parsing: configuration.serialized) == configuration)
        for wrong in [
            #"{"version": 1, "prot": 8080}"#, #"{"version": 2}"#, #"{"port": 1}"#,
            #"{"version": 1, "port": 65536}"#, #"{"version": 1, "port": "80"}"#, "{", "[]",
        ] {
            #expect(throws: ParsingError.self) {
                try NodeConfiguration(parsing: Array(wrong.utf8))
            }
        }
        #expect(NodeConfiguration().host == "127.0.0.1")
    }
}
