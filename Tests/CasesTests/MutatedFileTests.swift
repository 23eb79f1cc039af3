import Cases
import Encoding
import TestSupport
import Testing

/// Damaged files of cases: an error that names the place, or a verdict; never a crash.
@Suite struct MutatedFileTests {
    /// Each case as a file of its own, small enough to be damaged often.
    private static func documents() throws -> [JSONObject] {
        var files = [try OwnCases.bytes()]
        if SharedCases.isPresent { files.append(try SharedCases.bytes()) }
        return try files.flatMap { bytes -> [JSONObject] in
            let document = try JSONValue(parsing: bytes, limits: CaseFile.limits).object
            let fixtures = document?["fixtures"]?.array ?? []
            return (document?["cases"]?.array ?? []).map { item in
                let used = Set(item.object?["uses"]?.array?.compactMap(\.string) ?? [])
                return [
                    "fixtures": .array(
                        fixtures.filter { fixture in
                            fixture.object?["id"]?.string.map(used.contains) ?? false
                        }),
                    "cases": [item],
                ]
            }
        }
    }

    /// Whether it is still a file, and every case of it ends in a verdict.
    private static func run(_ bytes: [UInt8]) -> Bool {
        do {
            let file = try CaseFile(parsing: bytes)
            for item in file.cases { _ = CaseOutcome(item, file.verdict(on: item)) }
            return true
        } catch {
            #expect(!"\(error)".isEmpty)
            return false
        }
    }

    @Test func damagedBytesAreAnErrorOrAVerdict() throws {
        var generator = SeededGenerator(seed: 47)
        var verdicts = 0
        for document in try Self.documents() {
            let bytes = JSONValue.object(document).serialized
            for _ in 0..<4 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let position = Int.random(in: 0..<damaged.count, using: &generator)
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: damaged[position] = UInt8.random(in: 0...255, using: &generator)
                    case 1: damaged.remove(at: position)
                    case 2: damaged.insert(damaged[position], at: position)
                    // One digit for another: other days, numbers and ids.
                    default: damaged[position] = UInt8.random(in: 0x30...0x39, using: &generator)
                    }
                }
                if Self.run(damaged) { verdicts += 1 }
            }
        }
        #expect(verdicts > 100, "some damage is still a file")
    }

    @Test func damagedStructureIsAnErrorOrAVerdict() throws {
        var generator = SeededGenerator(seed: 53)
        var verdicts = 0
        for document in try Self.documents() {
            var pool: [JSONValue] = [
                .null, true, 0, -1, .integer(.max), "", "*", "9999-12-31", "0001-01-01", [], [:],
                "x-unknown",
            ]
            JSONValue.object(document).collect(into: &pool)
            for _ in 0..<8 {
                var damaged = JSONValue.object(document)
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    damaged = damaged.damaged(from: pool, using: &generator)
                }
                if Self.run(damaged.serialized) { verdicts += 1 }
            }
        }
        #expect(verdicts > 150, "some damage is still a file")
    }
}

extension JSONValue {
    /// Every value in it.
    fileprivate func collect(into pool: inout [JSONValue]) {
        pool.append(self)
        for element in array ?? [] { element.collect(into: &pool) }
        for member in object?.members ?? [] { member.value.collect(into: &pool) }
    }

    /// With one value somewhere in it exchanged, doubled or lost.
    fileprivate func damaged(
        from pool: [JSONValue], using generator: inout some RandomNumberGenerator
    ) -> JSONValue {
        let isHere = Int.random(in: 0..<6, using: &generator) == 0
        switch self {
        case .array(var elements) where !elements.isEmpty && !isHere:
            let index = Int.random(in: 0..<elements.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            default: elements[index] = elements[index].damaged(from: pool, using: &generator)
            }
            return .array(elements)
        case .object(var object) where !object.isEmpty && !isHere:
            guard let member = object.members.randomElement(using: &generator) else { return self }
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: object[member.name] = nil
            case 1:
                let other = object.members.randomElement(using: &generator) ?? member
                object[member.name] = other.value
            default: object[member.name] = member.value.damaged(from: pool, using: &generator)
            }
            return .object(object)
        default: return pool.randomElement(using: &generator) ?? self
        }
    }
}
