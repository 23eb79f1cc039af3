import Credentials
import Foundation
import Verification

/// What became of one input: its verdicts, or why there is none.
struct JudgedFile {
    let path: String
    /// nil if it did not read.
    let input: VerificationInput?
    let outcome: Result<[Verdict], CommandFailure>
    /// Whether it was read from a code on paper.
    var isFromPaper = false

    /// The codes that it brings to the exit status.
    var codes: [Int32] {
        switch outcome {
        case .success(let verdicts): verdicts.map(\.exitCode)
        case .failure(let failure): [failure.status.rawValue]
        }
    }
}

extension VerificationDesk {
    /// An input after its part was looked through.
    private enum Looked {
        case judged(JudgedFile)
        /// It answers a challenge, which only the first of several may spend.
        case answering(String, VerificationInput, isFromPaper: Bool)
    }

    /// Judges inputs, each by itself, on every core; one that is no input is named, and the
    /// others are judged all the same.
    ///
    /// - Returns: what became of them, in their order.
    func judge(
        _ paths: [String], with supporting: [CredentialFile], question: VerificationQuestion,
        progress: VerificationProgress
    ) async throws -> [JudgedFile] {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let share = max(VerificationDesk.leastShare, (paths.count + cores - 1) / cores)
        let looked = try await withThrowingTaskGroup(of: (Int, [Looked]).self) { group in
            for start in stride(from: 0, to: paths.count, by: share) {
                let part = Array(paths[start..<min(start + share, paths.count)])
                group.addTask {
                    (
                        start,
                        try look(part, with: supporting, question: question, progress)
                    )
                }
            }
            var parts: [(start: Int, looked: [Looked])] = []
            for try await part in group { parts.append(part) }
            return parts.sorted { $0.start < $1.start }.flatMap(\.looked)
        }
        // Order: challenges are spent one after the other, by the first input that answers.
        return try looked.map { item in
            switch item {
            case .judged(let file): file
            case .answering(let path, let input, let isFromPaper):
                try judged(path, input, isFromPaper, with: supporting, question: question)
            }
        }
    }

    /// Fewer inputs than this are not worth a second core.
    private static let leastShare = 32

    private func look(
        _ paths: [String], with supporting: [CredentialFile], question: VerificationQuestion,
        _ progress: VerificationProgress
    ) throws -> [Looked] {
        var looked: [Looked?] = Array(repeating: nil, count: paths.count)
        var alone: [(index: Int, file: CredentialFile, isFromPaper: Bool)] = []
        for (index, path) in paths.enumerated() {
            defer { progress.advance() }
            do {
                let content = try CertificateInput.read(path)
                let input = try VerificationInput(parsing: content.bytes)
                let files = input.files + supporting
                if files.contains(where: { $0.credential.keyBinding != nil }) {
                    looked[index] = .answering(path, input, isFromPaper: content.isFromPaper)
                } else if supporting.isEmpty, case .presentations(let files) = input,
                    files.count == 1
                {
                    alone.append((index, files[0], content.isFromPaper))
                } else {
                    looked[index] = .judged(
                        try judged(
                            path, input, content.isFromPaper, with: supporting,
                            question: question))
                }
            } catch let failure as CommandFailure {
                looked[index] = .judged(JudgedFile(path, failure))
            } catch let error as VerificationError {
                looked[index] = .judged(JudgedFile(path, error))
            }
        }
        let verdicts = try verdicts(onEach: alone.map(\.file), question: question)
        for (item, verdict) in zip(alone, verdicts) {
            looked[item.index] = .judged(
                JudgedFile(
                    path: paths[item.index], input: .presentations([item.file]),
                    outcome: .success([verdict]), isFromPaper: item.isFromPaper))
        }
        return looked.compactMap { $0 }
    }

    private func judged(
        _ path: String, _ input: VerificationInput, _ isFromPaper: Bool,
        with supporting: [CredentialFile], question: VerificationQuestion
    ) throws -> JudgedFile {
        do {
            return JudgedFile(
                path: path, input: input,
                outcome: .success(
                    try verdicts(on: input, with: supporting, question: question)),
                isFromPaper: isFromPaper)
        } catch let failure as CommandFailure {
            return JudgedFile(path, failure)
        } catch let error as VerificationError {
            return JudgedFile(path, error)
        }
    }
}

extension JudgedFile {
    /// One that did not read.
    fileprivate init(_ path: String, _ failure: CommandFailure) {
        self.init(path: path, input: nil, outcome: .failure(failure))
    }

    fileprivate init(_ path: String, _ error: VerificationError) {
        self.init(path, CommandFailure(.notWhatItClaims, "\(path): \(error)"))
    }
}
