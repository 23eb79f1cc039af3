import Credentials
import Encoding
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
    /// Judges inputs in their order, each by itself; one that is no input is named, and the
    /// others are judged all the same.
    func judge(
        _ paths: [String], with supporting: [CredentialFile], question: VerificationQuestion
    ) throws -> [JudgedFile] {
        var judged: [JudgedFile?] = Array(repeating: nil, count: paths.count)
        var alone: [(index: Int, file: CredentialFile, isFromPaper: Bool)] = []
        func failed(_ path: String, _ failure: CommandFailure) -> JudgedFile {
            JudgedFile(path: path, input: nil, outcome: .failure(failure))
        }
        for (index, path) in paths.enumerated() {
            do {
                let content = try CertificateInput.read(path)
                let input = try VerificationInput(parsing: content.bytes)
                if supporting.isEmpty, case .presentations(let files) = input, files.count == 1 {
                    alone.append((index, files[0], content.isFromPaper))
                } else {
                    judged[index] = JudgedFile(
                        path: path, input: input,
                        outcome: .success(
                            try verdicts(on: input, with: supporting, question: question)),
                        isFromPaper: content.isFromPaper)
                }
            } catch let failure as CommandFailure {
                judged[index] = failed(path, failure)
            } catch let error as VerificationError {
                judged[index] = failed(
                    path, CommandFailure(.notWhatItClaims, "\(path): \(error)"))
            }
        }
        let verdicts = try verdicts(onEach: alone.map(\.file), question: question)
        for (item, verdict) in zip(alone, verdicts) {
            judged[item.index] = JudgedFile(
                path: paths[item.index], input: .presentations([item.file]),
                outcome: .success([verdict]), isFromPaper: item.isFromPaper)
        }
        return judged.compactMap { $0 }
    }
}
