import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j server in the folder given, with the settings of its neo4j.conf, for as long as standard input is open.
 *
 * <p>NEO4J_FIRST_PASSWORD is the password that user neo4j gets when the folder is new.
 */
class Server {
    private static final String PASSWORD = "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED";

    public static void main(String[] given) throws Exception {
        var home = Path.of(given[0]);
        var service = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        var password = System.getenv("NEO4J_FIRST_PASSWORD");
        if (password != null) {
            service.database("system").executeTransactionally(PASSWORD, Map.of("password", password));
        }
        var database = (GraphDatabaseAPI) service.database("neo4j");
        var ports = database.getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
        System.out.println("bolt port " + ports.getLocalAddress(ConnectorType.BOLT).getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
