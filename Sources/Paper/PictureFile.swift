/// A file with a picture of a certificate: PDF, PNG or JPEG, by its first bytes.
public enum PictureFile: Hashable, Sendable {
    case pdf([UInt8])
    case png([UInt8])
    case jpeg([UInt8])

    public static let sizeLimit = 32 << 20

    public init(parsing bytes: [UInt8]) throws(PaperError) {
        guard bytes.count <= PictureFile.sizeLimit else {
            throw .pictureTooLarge(limit: PictureFile.sizeLimit)
        }
        if bytes.starts(with: "%PDF-".utf8) {
            self = .pdf(bytes)
        } else if bytes.starts(with: PNGFile.signature) {
            self = .png(bytes)
        } else if bytes.starts(with: JPEGFile.signature) {
            self = .jpeg(bytes)
        } else {
            throw .notAPicture
        }
    }

    /// The texts of all codes in it, each once; of a PDF those of its first pages.
    public func codes() throws(PaperError) -> [String] {
        switch self {
        case .png(let bytes): return CodeFinder.texts(in: try PNGFile.decoded(bytes))
        case .jpeg(let bytes): return CodeFinder.texts(in: try JPEGFile.decoded(bytes))
        case .pdf(let bytes):
            let document = try PDFDocument(bytes)
            var texts: [String] = []
            for number in 1...PDFDocument.pageLimit {
                guard let page = try document.page(number) else { break }
                for text in CodeFinder.texts(in: page) where !texts.contains(text) {
                    texts.append(text)
                }
            }
            return texts
        }
    }
}
