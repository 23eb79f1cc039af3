import Foundation
import Fuzzing
import Testing

/// What every run of the tests does with the fuzzers' readers: the corpus, and changes of it by
/// numbers that follow from a seed. `Tests/Fuzzing.md` says how to let a fuzzer look for more.
@Suite struct FuzzTargetTests {
    private static let mutations = 1_500

    @Test func holdsTheCorpusThatOurCodeMakes() throws {
        let seeds = try FuzzSeeds()
        try check(FuzzCorpus.anchor, seeds.anchor())
        for target in FuzzTarget.allCases {
            let folder = FuzzCorpus.folder(of: target)
            let files = try seeds.files(of: target)
            for file in files {
                #expect(file.bytes.count < 65_536, "\(target): \(file.name)")
                try check(folder.appending(path: file.name), file.bytes)
            }
            let recorded = try FuzzCorpus.seeds(of: target)
            #expect(recorded.map(\.name) == files.map(\.name).sorted(), "\(target)")
        }
    }

    private func check(_ file: URL, _ bytes: [UInt8]) throws {
        if ProcessInfo.processInfo.environment["RECORD_VECTORS"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        let recorded = try Array(Data(contentsOf: file))
        #expect(recorded == bytes, "\(file.lastPathComponent); set RECORD_VECTORS to write it anew")
    }

    @Test(arguments: FuzzTarget.allCases)
    func takesEveryFileOfTheCorpus(_ target: FuzzTarget) throws {
        for seed in try FuzzCorpus.seeds(of: target) {
            #expect(target.read(seed.bytes), "\(seed.name)")
        }
    }

    /// A broken promise ends the process: the seed and the count in its last line repeat it.
    @Test(.timeLimit(.minutes(3)), arguments: FuzzTarget.allCases)
    func keepsItsPromisesOnChangedFiles(_ target: FuzzTarget) throws {
        let seeds = try FuzzCorpus.seeds(of: target).map(\.bytes)
        var mutation = FuzzMutation(of: seeds, seed: 1)
        var taken = 0
        for _ in 0..<Self.mutations where target.read(mutation.next()) { taken += 1 }
        #expect(taken < Self.mutations, "something is refused")
    }
}
