internal import Glibc

/// A PDF that somebody handed over, drawn page by page by poppler's `pdftocairo`, as a process
/// of its own that inherits this process's limits and is ended when it takes too long.
///
/// The document lies in memory only; the process gets it as its standard input.
struct PDFDocument: ~Copyable {
    /// A certificate stands on one of the first pages.
    static let pageLimit = 4
    private static let tool = "pdftocairo"
    private static let secondsLimit = 20
    /// The longer side of a page in pixels: A4 at 300 dpi, however large the page says it is.
    static let side = 3_508

    private let descriptor: Int32

    init(_ bytes: [UInt8]) throws(PaperError) {
        descriptor = PDFDocument.memory(for: "document")
        guard descriptor >= 0, bytes.withUnsafeBytes({ PDFDocument.write($0, to: descriptor) })
        else { throw .documentUnreadable }
    }

    deinit { close(descriptor) }

    /// The page as a picture; nil if there is none of that number.
    func page(_ number: Int, side: Int = PDFDocument.side) throws(PaperError) -> GreyPicture? {
        let output = PDFDocument.memory(for: "page")
        let input = open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
        guard output >= 0, input >= 0 else { throw .documentUnreadable }
        defer {
            close(output)
            close(input)
        }
        let status = try PDFDocument.run(
            [
                PDFDocument.tool, "-q", "-png", "-gray", "-singlefile", "-f", "\(number)", "-l",
                "\(number)", "-scale-to", "\(side)", "-", "-",
            ], input: input, output: output)
        let bytes = PDFDocument.content(of: output)
        guard status == 0, !bytes.isEmpty else {
            guard number > 1 else { throw .documentUnreadable }
            return nil
        }
        return try PNGFile.decoded(bytes)
    }

    /// The status of the process, nil if a signal ended it.
    private static func run(
        _ arguments: [String], input: Int32, output: Int32
    ) throws(PaperError) -> Int32? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var process: pid_t = 0
        let started = posix_spawnp(&process, tool, &actions, nil, pointers, environ)
        guard started == 0 else { throw .toolMissing(tool) }
        var status: Int32 = 0
        for _ in 0..<(secondsLimit * 100) {
            if waitpid(process, &status, WNOHANG) == process {
                return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
            }
            usleep(10_000)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw .documentTooSlow(seconds: secondsLimit)
    }

    /// A file in memory that has no name any more; negative if there is none.
    private static func memory(for content: String) -> Int32 {
        let name = "/concord-paper-\(content)-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        shm_unlink(name)
        return descriptor
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var position = 0
        while position < bytes.count {
            let count = Glibc.write(
                descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
            guard count > 0 else { return false }
            position += count
        }
        return true
    }

    private static func content(of descriptor: Int32) -> [UInt8] {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size > 0, size <= PictureFile.sizeLimit * 2, lseek(descriptor, 0, SEEK_SET) == 0
        else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            while count < buffer.count {
                let got = read(
                    descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
                guard got > 0 else { break }
                count += got
            }
        }
    }
}
