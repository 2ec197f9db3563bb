import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene for the benches. Files are UTF-8, a row a line, columns parted by tabs.
 *
 * <p>index TERMS FOLDER: index rows of (words, bigrams), both cut at blanks.
 *
 * <p>serve FOLDER QUESTIONS ROUNDS: open the index, answer the first question, print what both
 * took, answer all questions ROUNDS times to warm up, then answer each number read from standard
 * input with "wall cpu ordinal ordinal ...", in nanoseconds. A row of QUESTIONS holds a term a
 * column, as field:weight:term.
 *
 * <p>rank ANALYZER DOCUMENTS QUESTIONS FOLDER: index rows of (name, text) by an analyzer, a class
 * of Lucene, and print a row of (name, best documents) for each row of QUESTIONS, by Lucene's own
 * defaults.
 */
public final class LuceneBench {
    private static final int WANTED = 10;
    private static final double MEMORY = 512; // megabytes that a writer fills before it flushes
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] given) throws Exception {
        switch (given[0]) {
            case "index" -> index(Paths.get(given[1]), Paths.get(given[2]));
            case "serve" -> serve(
                    Paths.get(given[1]), Paths.get(given[2]), Integer.parseInt(given[3]));
            case "rank" -> rank(
                    given[1], Paths.get(given[2]), Paths.get(given[3]), Paths.get(given[4]));
            default -> throw new IllegalArgumentException(given[0]);
        }
    }

    private static void index(Path terms, Path folder) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setSimilarity(new BM25Similarity(0.9f, 0.5f)).setRAMBufferSizeMB(MEMORY);
        FieldType counted = new FieldType();
        counted.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        counted.setTokenized(true);
        counted.freeze();
        try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), config);
                BufferedReader rows = Files.newBufferedReader(terms)) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] columns = row.split("\t", -1);
                Document document = new Document();
                document.add(new Field("words", columns[0], counted));
                document.add(new Field("bigrams", columns[1], counted));
                writer.addDocument(document);
            }
            writer.forceMerge(1); // one segment keeps the order of passages: a name is an ordinal
        }
    }

    private static void serve(Path folder, Path questions, int rounds) throws Exception {
        List<Query> asked = new ArrayList<>();
        for (String row : Files.readAllLines(questions)) {
            asked.add(question(row));
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long opening = System.nanoTime();
        try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(folder))) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity(0.9f, 0.5f));
            searcher.setQueryCache(null); // every question is answered anew
            search(searcher, asked.get(0));
            OUT.println(System.nanoTime() - opening);
            for (int round = 0; round < rounds; round++) {
                for (Query query : asked) {
                    search(searcher, query);
                }
            }
            BufferedReader numbers =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = numbers.readLine(); line != null; line = numbers.readLine()) {
                Query query = asked.get(Integer.parseInt(line));
                long wall = System.nanoTime();
                long cpu = clock.getCurrentThreadCpuTime();
                ScoreDoc[] found = search(searcher, query);
                cpu = clock.getCurrentThreadCpuTime() - cpu;
                wall = System.nanoTime() - wall;
                StringBuilder answer = new StringBuilder().append(wall).append(' ').append(cpu);
                for (ScoreDoc one : found) {
                    answer.append(' ').append(one.doc);
                }
                OUT.println(answer);
            }
        }
    }

    /** Counts no more hits than are wanted, so that all others can be skipped. */
    private static ScoreDoc[] search(IndexSearcher searcher, Query query) throws Exception {
        TopScoreDocCollector collector = TopScoreDocCollector.create(WANTED, WANTED);
        searcher.search(query, collector);
        return collector.topDocs().scoreDocs;
    }

    private static Query question(String row) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String column : row.split("\t")) {
            String[] parts = column.split(":", 3);
            Query term = new TermQuery(new Term(parts[0], parts[2]));
            float weight = Float.parseFloat(parts[1]);
            query.add(weight == 1 ? term : new BoostQuery(term, weight), Occur.SHOULD);
        }
        return query.build();
    }

    private static void rank(String name, Path documents, Path questions, Path folder)
            throws Exception {
        Analyzer analyzer = (Analyzer) Class.forName(name).getDeclaredConstructor().newInstance();
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(MEMORY);
        FieldType text = new FieldType();
        text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        text.setTokenized(true);
        text.freeze();
        MMapDirectory directory = new MMapDirectory(folder);
        try (IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader rows = Files.newBufferedReader(documents)) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] columns = row.split("\t", 2);
                Document document = new Document();
                document.add(new StoredField("name", columns[0]));
                document.add(new Field("text", columns[1], text));
                writer.addDocument(document);
            }
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            QueryBuilder builder = new QueryBuilder(analyzer);
            for (String row : Files.readAllLines(questions)) {
                String[] columns = row.split("\t", 2);
                Query query = builder.createBooleanQuery("text", columns[1]);
                StringBuilder ranked = new StringBuilder(columns[0]);
                if (query != null) {
                    for (ScoreDoc one : searcher.search(query, WANTED).scoreDocs) {
                        ranked.append('\t').append(searcher.doc(one.doc).get("name"));
                    }
                }
                OUT.println(ranked);
            }
        }
    }

    private LuceneBench() {}
}
