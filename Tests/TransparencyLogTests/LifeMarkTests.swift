import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct LifeMarkTests {
    let life = HashValue(of: "a life".utf8)

    private func head(_ size: Int) throws -> TreeHead {
        try SampleCountry("XA", 1).checkpoint(SampleCountry.entries(0..<size)).head
    }

    private func mark(_ sequence: UInt64, _ head: TreeHead? = nil) -> LifeMark {
        LifeMark(role: .log, incarnation: life, sequence: sequence, head: head)
    }

    @Test func readsBackWhatItWrote() throws {
        for mark in [mark(0), mark(7, try head(3))] {
            let page = try mark.serialized()
            #expect(try LifeMark(parsing: page) == mark)
            let filled = page + [UInt8](repeating: 0, count: LifeMark.byteLimit - page.count)
            #expect(try LifeMark(parsing: filled) == mark)
        }
    }

    @Test func refusesEveryFlippedByteAndEveryTornPage() throws {
        let page = try mark(7, head(3)).serialized()
        for index in page.indices {
            var flipped = page
            flipped[index] ^= 0x01
            #expect((try? LifeMark(parsing: flipped)) == nil, "byte \(index)")
        }
        for count in page.indices {
            let torn = page[..<count] + [UInt8](repeating: 0, count: page.count - count)
            #expect((try? LifeMark(parsing: Array(torn))) == nil, "\(count) bytes")
        }
    }

    @Test func refusesAnOriginThatNoPageHolds() throws {
        let head = try TreeHead(
            origin: String(repeating: "a", count: 5_000), size: 0, root: MerkleTree.emptyRoot)
        #expect(throws: LogError.self) { try mark(1, head).serialized() }
    }

    @Test func oneStepAheadIsABegunStepAndNothingElseIs() throws {
        let (two, three) = (try head(2), try head(3))
        let other = LifeMark(
            role: .log, incarnation: HashValue(of: "another".utf8), sequence: 4, head: two)
        let cases: [(LifeMark?, LifeMark?, LifeMark.Judgement)] = [
            (nil, nil, .broken(.noLifeMark)),
            (mark(4, two), nil, .broken(.fileMissing)),
            (nil, mark(4, two), .broken(.databaseForgot)),
            (mark(4, two), mark(4, two), .matched),
            (mark(4, two), mark(5, three), .staged(three)),
            (mark(4, two), mark(4, three), .broken(.sequences(.log, database: 4, file: 4))),
            (mark(4, two), mark(6, three), .broken(.sequences(.log, database: 4, file: 6))),
            (mark(5, three), mark(4, two), .broken(.sequences(.log, database: 5, file: 4))),
            (mark(4, two), other, .broken(.otherLife)),
        ]
        for (database, file, expected) in cases {
            #expect(LifeMark.judge(.log, database: database, file: file) == expected)
        }
    }
}
