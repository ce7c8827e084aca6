"""The door of township, zone and county staff: pages made on the server, forms that post, one small script."""
